"""What parties of the sample do themselves, by the client's commands."""

import json
import subprocess

from deploy.local.problem import Problem


class Party:
    """Runs `puente NAME …` as one caller: `name` is the group of its commands, "school" or "company"."""

    def __init__(self, federation, name, options):
        self._federation, self._name, self._options = federation, name, options

    def run(self, *arguments, text=""):
        """What it prints; `text` is its standard input."""
        return self._run(self._name, *arguments, text=text)

    def listed(self, field, *arguments):
        """Records of a list, all pages."""
        return json.loads(self.run(*arguments, "--format", "json")).get(field, [])

    def enrolments(self, learner):
        asked = {"parent": learner.split("/learners/")[0], "filter": f'learner = "{learner}"'}
        return json.loads(self._run("call", "EnrolmentService/ListEnrolments",
                                    json.dumps(asked))).get("enrolments", [])

    def _run(self, *arguments, text=""):
        done = self._federation.cli(*arguments, *self._options, input=text, text=True,
                                    stdout=subprocess.PIPE)
        if done.returncode != 0:
            said = " ".join(str(part) for part in arguments)
            raise Problem(f"the sample is not whole: `puente {said}` was refused.\n{done.stdout}",
                          "read what it says above")
        return done.stdout.strip()
