-- oldest-binary: 0.2.0
UPDATE award SET end_day = end_date WHERE end_date IS NOT NULL AND end_day <> end_date
