// What reads a table says of it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/extracts/table.h"
#include "common/sql/session.h"
#include "puente/api/v1/figure_extract.pb.h"
#include "puente/type/v1/figure.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::extracts {

// A row, without its table.
struct Row {
  std::vector<std::string> codes;
  std::vector<type::v1::Figure> figures;
};

// What all tables of an extract came to.
struct Extracted {
  api::v1::FigureExtractHead head;
  std::vector<const Table*> tables;                          // by name
  std::vector<std::vector<Row>> rows;                        // of each
  std::map<std::string, std::map<std::string, Text>> names;  // by list and code
};

// One table's part of it.
class Reading {
 public:
  // `cancelled`: as of due::Slice. What is referred to must outlive it.
  Reading(sql::Session& session, absl::CivilDay day, const Table& table, Extracted& into,
          const std::function<bool()>& cancelled)
      : session(session),
        day(day),
        cancelled(cancelled),
        table_(table),
        into_(into),
        rows_(into.rows.emplace_back()) {
    into.tables.push_back(&table);
  }

  sql::Session& session;  // the snapshot
  const absl::CivilDay day;
  // Of the records that count; not set where all do.
  type::v1::RecordKind kind = type::v1::RECORD_KIND_UNSPECIFIED;
  const std::function<bool()>& cancelled;

  // One code a dimension: kAll and the others of code_lists.h are in every list.
  void Add(std::vector<std::string> codes, std::vector<type::v1::Figure> figures) {
    rows_.push_back({std::move(codes), std::move(figures)});
  }
  // How a code is called that its list does not have.
  void Name(absl::string_view code_list, std::string code, Text name) {
    into_.names[std::string(code_list)].try_emplace(std::move(code), std::move(name));
  }
  // Says from which release the rows are, "" before the first.
  void From(const std::string& release, absl::Time time = absl::InfinitePast());

 private:
  const Table& table_;
  Extracted& into_;
  std::vector<Row>& rows_;
};

// Counts rows of statements, by codes, with the sums over each dimension.
class Sums {
 public:
  // Adds to the cell of these codes, and to those in which some of them are kAll.
  void Add(const std::vector<std::string>& codes, int64_t value = 1);
  // Says all of them as rows with one measure.
  void Tell(Reading& reading) const;

 private:
  std::map<std::vector<std::string>, int64_t> cells_;
};

}  // namespace puente::extracts
