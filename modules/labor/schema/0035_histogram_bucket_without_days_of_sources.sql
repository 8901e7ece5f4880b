-- oldest-binary: 0.2.0
DELETE FROM histogram_bucket WHERE cut LIKE 'S|%'
