// What a report tells, of a content that has its rows in itself.
#pragma once

#include <utility>

#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

inline Told ToldOf(Content content) {
  Told told;
  for (Table& table : *content.mutable_tables()) {
    Rows rows = NoRows(table);
    if (!table.rows().empty())
      rows = Rows(table.rows(0).codes_size(), table.rows(0).figures_size());
    for (const api::v1::FigureRow& row : table.rows()) rows.Add(row);
    rows.Sort();
    table.clear_rows();
    told.rows.push_back(std::move(rows));
  }
  told.content = std::move(content);
  return told;
}

}  // namespace puente::gateway::reports
