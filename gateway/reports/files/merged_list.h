// Code lists that are put together of several.
#pragma once

#include <iterator>
#include <list>
#include <map>
#include <set>
#include <string>

#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

// A list of which several agencies or reports have some codes each, in one order: what is new comes
// after what it follows in its own list.
class MergedList {
 public:
  void Add(const FigureCodeList& list) {
    if (head_.code_list().empty()) {
      head_ = list;
      head_.clear_codes();
    }
    auto place = codes_.begin();
    for (const FigureCode& code : list.codes()) {
      const auto known = places_.find(code.code());
      if (known != places_.end()) {
        Name(code, *known->second);
        place = std::next(known->second);
      } else {
        places_[code.code()] = codes_.insert(place, code);
      }
    }
  }

  // With the codes that are used alone.
  FigureCodeList Of(const std::set<std::string>& used) const {
    FigureCodeList list = head_;
    for (const FigureCode& code : codes_) {
      if (used.contains(code.code())) *list.add_codes() = code;
    }
    return list;
  }
  const std::list<FigureCode>& codes() const { return codes_; }

 private:
  // An agency that does not know how a code is called says the code.
  static void Name(const FigureCode& code, FigureCode& known) {
    if (known.name_es() == known.code() && code.name_es() != code.code()) known = code;
  }

  FigureCodeList head_;
  std::list<FigureCode> codes_;
  std::map<std::string, std::list<FigureCode>::iterator> places_;
};

}  // namespace puente::gateway::reports
