-- oldest-binary: 0.2.0
-- Sources of the whole country; 0017 counts them by state and class.
DELETE FROM counter WHERE cut >= 'S|' AND cut < 'S}'
