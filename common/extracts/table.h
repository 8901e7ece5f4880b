// Tables of figures as a module declares them: what each is about, and what reads it. All else is
// in this folder (docs/decisions/0066).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/resource/spec.h"

namespace puente::extracts {

class Reading;

struct Text {
  std::string es;
  std::string en;
};

// What rows differ in. The same concept has the same id in all tables of all agencies: those of
// several agencies are in code_lists.h.
struct Dimension {
  absl::string_view id;  // "STATE"
  Text title;
  absl::string_view code_list = "";  // empty of periods
};

struct Measure {
  absl::string_view id;  // "SEATS"
  Text title;
  absl::string_view unit;  // a code of kUnits
};

struct Code {
  std::string code;
  Text name;
};

// Codes that are not in it may be in rows all the same: they are their own names, unless the
// reader names them.
struct CodeList {
  absl::string_view id;  // "CL_STATE"
  Text title;
  std::vector<Code> codes = {};  // in the order in which a table shows them
};

struct Table {
  absl::string_view name;  // "place-offers", unique in its agency
  Text title;
  Text note;  // what is counted and what is not, and how what is hidden is chosen
  std::vector<Dimension> dimensions;
  std::vector<Measure> measures;
  // Whether what has no row is 0: of public records, all of which are counted.
  bool absent_is_zero = false;
  // Which kind of records counts is what is set for these; null if all are counted.
  const resource::Spec* counted = nullptr;
  // Says all rows, in any order, in the snapshot in which all tables of an extract are read.
  std::function<absl::Status(Reading& reading)> read;
};

// What a module tells.
struct Tables {
  std::vector<Table> tables;
  // Those of its tables that are not common.
  std::vector<CodeList> code_lists = {};
};

}  // namespace puente::extracts
