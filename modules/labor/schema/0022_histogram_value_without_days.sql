-- oldest-binary: 0.2.0
DELETE FROM histogram_value WHERE measure = 2 OR cut LIKE '%|-'
