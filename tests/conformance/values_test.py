"""The values that samples are made of fit the rules of their fields."""

import re
import unittest

import contract
import values


def fields(message):
    yield from message.fields
    for nested in message.nested_types:
        yield from fields(nested)


class Values(unittest.TestCase):
    def test_texts_have_the_form_that_their_pattern_asks_for(self):
        for pattern, text, other in (
                ("[a-z0-9][a-z0-9.-]*", "a", "b"), ("0[1-9]|[12][0-9]|3[0-2]", "01", "22"),
                ("[A-ZÑ&]{3}[0-9]{2}", "AAA11", "BBB22"), ("20[0-9]{2}(-20[0-9]{2})?", "2011", "2022"),
                ("skills/[a-z0-9]([a-z0-9-]*[a-z0-9])?", "skills/a", "skills/b"),
                ("(a|b|[0-9])c", "ac", "bc")):
            self.assertEqual((values.text(pattern), values.text(pattern, 1)), (text, other))

    def test_every_field_of_the_contract_has_a_value_and_another_one(self):
        tried = 0
        for file in contract.files():
            for message in file.message_types_by_name.values():
                for field in fields(message):
                    choices = len(field.enum_type.values) - 1 if field.enum_type else 2
                    if field.message_type is None and field.type != field.TYPE_BYTES and choices > 1:
                        with self.subTest(field.full_name):
                            self.check(field)
                            tried += 1
        self.assertGreater(tried, 300)

    def check(self, field):
        value, rule = values.of(field), contract.rules(field)
        other = values.another(field, value)
        self.assertNotEqual(value, other)
        for each in (value, other):
            if rule.pattern:
                self.assertTrue(re.fullmatch(rule.pattern, each), each)
            if rule.max_length:
                self.assertLessEqual(len(each), rule.max_length)
            if rule.one_of:
                self.assertIn(each, rule.one_of)
            if rule.has_min:
                self.assertGreaterEqual(each, rule.min)
            if rule.max:
                self.assertLessEqual(each, rule.max)


if __name__ == "__main__":
    unittest.main()
