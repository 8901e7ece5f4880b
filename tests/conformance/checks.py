"""What every test of the contract asserts in the same way."""

import re
import time
import unittest

import grpc
from federation import CATALOGUES, Refusal, Service, new_id

# What no id is: upper case, blanks, other scripts, what looks like ASCII, what cannot be seen, and
# a great deal of it.
NO_IDS = ("UPPER", "Mixed-case", " a", "a ", "a b", "a\tb", "энергия", "能源", "طاقة", "niño", "ａ",
          "а", "ﬁn", "a\u200bb", "\u202eab", "e\u0301", "a_b", "-a", "a-", "a.b", "..", "%61",
          "x" * 10_240)
MOST_SECONDS = 180
LANGUAGES = {"es-MX,es;q=0.9": "es-MX", "en": "en", "": "es-MX", "fr": "es-MX"}


def looks():
    """Looks at what comes to be in the background; they end far later than on the slowest machine."""
    give_up = time.monotonic() + MOST_SECONDS
    while time.monotonic() < give_up:
        yield
        time.sleep(0.005)


def released(reader, token, **asked):
    """Demand as a release tells it that has looked at the write with this token."""
    Service("puente.economy.v1.DemandService", "agency/economy").ReleaseDemand(request_id=new_id())
    for _ in looks():
        try:
            return reader.GetDemandSummary(at_least=token, **asked)
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.UNAVAILABLE:
                raise
    raise AssertionError("no release has looked at the write")


class Conformance(unittest.TestCase):
    maxDiff = None

    def refuse(self, service, method, request, code, reason, fields=None):
        """The call is refused twice for the same reason, once in Spanish and once in English, and
        what comes with it is complete. `fields`: paths that are at fault, all of them."""
        spanish = self._refused(service, method, request, "es-MX")
        english = self._refused(service, method, request, "en-US,en;q=0.8")
        for refusal, locale in ((spanish, "es-MX"), (english, "en")):
            self.assertEqual((refusal.code, refusal.reason),
                             (getattr(grpc.StatusCode, code), reason), refusal)
            self.check_details(refusal, locale)
            if fields is not None:
                self.assertEqual(refusal.fields, set(fields), refusal)
        self.assertNotEqual(spanish.localized[0].message, english.localized[0].message)
        self.assertEqual(spanish.text, english.text)
        return english

    def check_details(self, refusal, locale):
        self.assertEqual(len(refusal.infos), 1, refusal)
        self.assertRegex(refusal.reason, r"^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$")
        self.assertIn(refusal.infos[0].domain, CATALOGUES)
        self.assertEqual([text.locale for text in refusal.localized], [locale], refusal)
        self.assertTrue(refusal.localized[0].message)
        self.assertLessEqual(refusal.size, 4096)
        everything = refusal.text + refusal.localized[0].message + str(refusal.infos)
        self.assertNotRegex(everything, re.compile(r"SELECT|INSERT|mysql|mariadb|\.cc:|/tmp/", re.I))
        self.assertNotIn("$", refusal.text + refusal.localized[0].message)
        for violation in refusal.violations:
            self.assertTrue(violation.field)
            self.assertTrue(violation.description)

    def _refused(self, service, method, request, language):
        with self.assertRaises(grpc.RpcError, msg=f"{method}({request})") as caught:
            service.call(method, request, metadata=(("accept-language", language),))
        return Refusal(caught.exception)


def record_counts(server, caller="auditor/asf"):
    """How many records of each kind a server says that it has."""
    described = Service("puente.api.v1.ServerService", caller, server).GetServer()
    return {count.collection: (count.count, count.generated_count)
            for count in described.record_counts}


def every_page(service, method, field, page_size, page_token="", **arguments):
    """All records of a list from a page on, page after page, and how many pages there were."""
    records, pages, token, seen = [], 0, page_token, set()
    while True:
        page = getattr(service, method)(page_size=page_size, page_token=token, **arguments)
        records += getattr(page, field)
        pages += 1
        if not page.next_page_token:
            return records, pages
        assert page.next_page_token not in seen, "the list goes in circles"
        seen.add(page.next_page_token)
        token = page.next_page_token
