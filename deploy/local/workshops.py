"""Has the sample's schools and a company share what they learn in, and loads the schools' bookings as each
would."""

from data import workshops as sample
from deploy.local import commands, rows


def load(federation, today):
    """Nothing where an earlier run has done it."""
    host, guest = (commands.Party(federation, "school", _as(f"organization/{school}"))
                   for school in (sample.HOST, sample.GUEST))
    if host.listed("sharingAgreements", "facility", "shares"):
        return
    offer = ("--from", today, "--until", today + sample.TERM, "--hours", sample.WEEKLY_HOURS)
    agreement = host.run("facility", "share", sample.WORKSHOP, sample.GUEST, *offer)
    guest.run("facility", "answer", agreement, "accept")
    company = commands.Party(federation, "company", _as(f"company/{sample.OFFERER}"))
    company.run("facility", "share", sample.OFFERED, sample.HOST, *offer)
    for school in sample.BOOKED:
        rows.load(federation, "education", "bookings", "", sample.booking_rows(school, today),
                  *_as(f"organization/{school}"))


def _as(caller):
    return "--as", caller, "--lang", "en"
