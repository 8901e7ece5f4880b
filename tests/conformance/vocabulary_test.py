"""Releases of the vocabulary: filled from files of O*NET's form, published, read and compared."""

import hashlib
import unittest

import grpc
import samples
from checks import Conformance, every_page
from federation import Refusal, Service, new_id, unique

OCCUPATIONS = "VOCABULARY_LAYOUT_ONET_OCCUPATION_DATA"
TOOLS = "VOCABULARY_LAYOUT_ONET_TECHNOLOGY_SKILLS"
COLUMNS = {OCCUPATIONS: "O*NET-SOC Code\tTitle\tDescription",
           TOOLS: "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand"}
WELDERS = "51-4121.00\tWelders\tThey weld."
CHIEFS = "11-1011.00\tChiefs\tThey decide."


def file(layout, *rows):
    return "".join(row + "\r\n" for row in (COLUMNS[layout], *rows)).encode()


def tool(code, name):
    return f"{code}\t{name}\t43232202\tSoftware\tY\tN"


class Vocabulary(Conformance):
    def setUp(self):
        self.releases = Service("puente.labor.v1.VocabularyReleaseService", "agency/labor")
        self.reader = Service("puente.labor.v1.OccupationToolService", "council/cce")

    def load(self, release, layout, content, service=None, **header):
        service = service or self.releases
        messages = [service.request("LoadVocabulary", header={
            "release": release, "layout": layout, "request_id": new_id(), **header})]
        messages += [service.request("LoadVocabulary", content=content[at:at + 100])
                     for at in range(0, len(content), 100)]
        return service.stream("LoadVocabulary", messages)

    def filled(self):
        release = samples.of("VocabularyRelease").new().name
        self.load(release, OCCUPATIONS, file(OCCUPATIONS, WELDERS, CHIEFS))
        self.load(release, TOOLS, file(TOOLS, tool("51-4121.00", "CAD"), tool("51-4121.00", "Excel"),
                                       tool("11-1011.00", "Excel")))
        return release

    def test_a_file_fills_a_draft_and_says_how(self):
        release = samples.of("VocabularyRelease").new().name
        content = file(OCCUPATIONS, WELDERS, CHIEFS, "51-4121\tx\ty", "51-4122.00\tonly two")
        done = self.load(release, OCCUPATIONS, content, size_bytes=len(content))
        self.assertEqual((done.read_count, done.loaded_count, done.unchanged_count,
                          done.rejected_count), (4, 2, 0, 2))
        self.assertEqual([(error.line, error.rule) for error in done.errors],
                         [(4, "SOC_CODE"), (5, "TOO_FEW_FIELDS")])
        self.assertEqual(done.content_digest, hashlib.sha256(content).digest())
        self.assertTrue(done.freshness_token)
        again = self.load(release, OCCUPATIONS, content)
        self.assertEqual((again.loaded_count, again.unchanged_count), (0, 2))

    def test_both_ways_between_occupations_and_tools_are_lists(self):
        release = self.filled()
        self.releases.PublishVocabularyRelease(name=release, request_id=new_id())

        def tools(text):
            found, _ = every_page(self.reader, "ListOccupationTools", "occupation_tools", 1,
                                  parent=release, filter=text)
            return [(use.occupation.split("/")[-1], use.tool) for use in found]
        self.assertEqual(tools(f'occupation = "{release}/occupations/51-4121-00"'),
                         [("51-4121-00", "CAD"), ("51-4121-00", "Excel")])
        self.assertEqual(tools('tool = "Excel"'),
                         [("11-1011-00", "Excel"), ("51-4121-00", "Excel")])
        self.assertEqual(len(tools('commodity_code = "43232202"')), 3)
        use = self.reader.ListOccupationTools(parent=release, page_size=1).occupation_tools[0]
        self.assertEqual(self.reader.GetOccupationTool(name=use.name), use)
        self.assertTrue(use.us_hot_technology)
        self.assertFalse(use.us_in_demand)

    def test_a_published_release_takes_nothing_more(self):
        release = self.filled()
        published = self.releases.PublishVocabularyRelease(name=release, request_id=new_id())
        self.assertEqual((published.occupation_count, published.tool_count), (2, 3))
        with self.assertRaises(grpc.RpcError) as caught:
            self.load(release, OCCUPATIONS, file(OCCUPATIONS, "51-4122.00\tMore\tMore."))
        self.assertEqual(Refusal(caught.exception).reason, "VOCABULARY_RELEASE_NOT_DRAFT")
        self.assertEqual(self.releases.GetVocabularyRelease(name=release), published)

    def test_what_changed_between_releases_is_said(self):
        first, second = self.filled(), samples.of("VocabularyRelease").new().name
        self.load(second, OCCUPATIONS,
                  file(OCCUPATIONS, WELDERS.replace("They", "People"), "13-0000.00\tNew\tNew."))
        service = Service("puente.labor.v1.OccupationService", "council/cce")
        changes, _ = every_page(service, "DiffOccupations", "changes", 1,
                                from_release=first, to_release=second)
        self.assertEqual(
            [(change.HasField("before"), change.HasField("after")) for change in changes],
            [(True, False), (False, True), (True, True)])
        self.assertEqual(changes[2].after.description_en, "People weld.")

    def test_nobody_else_fills_a_release(self):
        release = samples.of("VocabularyRelease").new().name
        stranger = Service("puente.labor.v1.VocabularyReleaseService", "supplier/portal")
        with self.assertRaises(grpc.RpcError) as caught:
            self.load(release, OCCUPATIONS, file(OCCUPATIONS, WELDERS), stranger)
        self.assertEqual(Refusal(caught.exception).reason, "CALLER_REFUSED")

    def test_puentes_own_release_freezes_the_skills_of_its_kind(self):
        skills = Service("puente.labor.v1.SkillService", "agency/labor")
        name = unique("frozen")
        made = skills.CreateSkill(skill_id=name, skill=samples.record("Skill"), request_id=new_id())
        release = self.releases.CreateVocabularyRelease(
            vocabulary_release_id=unique("own"), request_id=new_id(),
            vocabulary_release=samples.record("VocabularyRelease", framework="puente")).name
        published = self.releases.PublishVocabularyRelease(name=release, request_id=new_id())
        self.assertGreater(published.skill_count, 0)
        skills.UpdateSkill(skill={"name": "skills/" + name, "label_en": "Later"},
                           request_id=new_id())
        frozen = Service("puente.labor.v1.ReleasedSkillService", "council/cce").BatchGetReleasedSkills(
            names=[f"{release}/skills/{name}"]).released_skills[0]
        self.assertEqual(frozen.label_en, made.label_en)


if __name__ == "__main__":
    unittest.main()
