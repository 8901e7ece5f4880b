-- oldest-binary: 0.2.0
-- What 0033 counts in other cuts. Entries without a position yet may bring some back: they are read no
-- more.
DELETE FROM histogram_value WHERE cut LIKE 'S|%'
