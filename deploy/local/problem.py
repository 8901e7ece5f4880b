"""The one exception that a person sees: what is wrong, and what to do about it."""


class Problem(Exception):
    def __init__(self, what, remedy):
        super().__init__(f"{what}\n  What to do: {remedy}")
        self.what = what
        self.remedy = remedy
