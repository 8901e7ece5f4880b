-- oldest-binary: 0.2.0
-- Cells are of sector tables and of stages of value chains.
ALTER TABLE demand_cell
  MODIFY sector_table VARBINARY(160) NOT NULL COMMENT 'or a stage of a value chain; empty: all'
