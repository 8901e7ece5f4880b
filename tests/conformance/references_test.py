"""What a record refers to must exist; an error says where the reference stands."""

import unittest

import samples
from checks import Conformance
from federation import Service, unique

LONG = "x" * 64  # no id: one letter too many


class References(Conformance):
    # Kind, path in it, what must exist there, and its collection.
    REFERENCES = (
        ("Company", "chambers[1]", "CHAMBER", "chambers/"),
        ("InnovationProject", "technologies[1]", "TECHNOLOGY", "technologies/"),
        ("SkillSignal", "technology", "TECHNOLOGY", "technologies/"),
        ("ProgramVersion", "organization", "ORGANIZATION", "organizations/"),
        ("ProgramVersion", "credit_rule", "CREDIT_RULE", "creditRules/"),
        ("Vacancy", "skills[1]", "SKILL", "skills/"),
    )

    def existing(self, collection):
        if collection == "skills/":
            return "skills/english"
        if collection == "technologies/":
            return samples.some("Technology")
        return Service("puente.economy.v1.ChamberService", "agency/economy").CreateChamber(
            chamber_id=unique("chamber"), chamber=samples.record("Chamber")).name

    def test_an_error_names_the_field(self):
        for kind, path, reason, collection in self.REFERENCES:
            resource, = (r for r in samples.RESOURCES if r.kind == kind)
            service = Service(resource.service, resource.owner)
            field = path.split("[")[0]
            for missing, code, why in ((collection + "absent", "NOT_FOUND", reason + "_NOT_FOUND"),
                                       (collection + LONG, "INVALID_ARGUMENT", "INVALID_NAME")):
                with self.subTest(path=path, missing=missing):
                    many = path.endswith("]")
                    value = [self.existing(collection), missing] if many else missing
                    request = resource.creation(service, {field: value})
                    refusal = self.refuse(service, "Create" + kind, request, code, why)
                    self.assertEqual(refusal.infos[0].metadata["field"],
                                     resource.singular + "." + path)
                    self.assertEqual(refusal.infos[0].metadata["name"], missing)

    def test_an_error_of_many_names_counts_them(self):
        service = Service("puente.labor.v1.SkillService", "agency/labor")
        for missing, code, reason in (("skills/absent", "NOT_FOUND", "SKILL_NOT_FOUND"),
                                      ("nonsense", "INVALID_ARGUMENT", "INVALID_NAME")):
            refusal = self.refuse(service, "BatchGetSkills", service.request(
                "BatchGetSkills", names=["skills/english", missing]), code, reason)
            self.assertEqual(refusal.infos[0].metadata["field"], "names[1]")


if __name__ == "__main__":
    unittest.main()
