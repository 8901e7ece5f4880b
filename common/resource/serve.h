// Serves a plain resource from its Spec: whichever of Get, List, BatchGet, Create, Update, Delete
// (AIP-131 to 135, 231) and List…Revisions the contract's service declares for it, and the verbs of
// its states, unless a function answers them already. What they need of requests is found by the
// AIPs' field names when the server starts; a field that is missing is a mistake that ends the
// process.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/calls/host.h"
#include "common/calls/service.h"
#include "common/personal/key_cache.h"
#include "common/resource/record_writer.h"
#include "common/resource/resource.h"
#include "common/resource/spec.h"

namespace puente::resource {

// What a verb of the states does besides. It sets the state itself, `VERB_time` where the resource
// has such a field, and each field of its request that the resource has too: by the same name, or,
// of `reason`, as `VERB_reason` or `state_reason`.
template <class M>
struct VerbRules {
  absl::string_view verb;  // "PublishProgramVersion"
  // Before the new state is stored: fills in more, and refuses what other rows forbid.
  std::function<absl::Status(const Call&, journal::Transaction&, const M& before, M& after)>
      prepare = nullptr;
  // Once it is stored: writes what belongs to it. Who was slower has run again by then.
  absl::Status (*stored)(const Call&, journal::Transaction&, const M& after) = nullptr;
};

// How rows find a record again whose id says nothing and is made by the server, by chance.
template <class M>
struct FoundBy {
  absl::string_view field = "";  // whose text it is: "identifier"
  // What the rows of one record have in common, in the one form in which it is looked for.
  std::string (*identity)(const M&) = nullptr;
  // Gives those that are there their names, of many that the caller may write, which end in
  // kIdToCome. What is wrong with others a Create says.
  std::function<absl::Status(const Call&, journal::Transaction&, absl::Span<M* const> stated,
                             absl::Span<absl::Status> refusals)>
      find = nullptr;
};

// What rows of files (common/loads) may leave out, or say besides what a Create may.
template <class M>
struct FileRules {
  // The id of a record whose row states none: of what it says, so that the same row is the same
  // record. Null where rows must state ids.
  std::string (*id)(const M&) = nullptr;
  // What is wrong with an id, which is then told to nobody; null where nothing can be.
  std::optional<Violation> (*check_id)(absl::string_view id) = nullptr;
  // Verbs of the states whose outcome a row may state, as `state`, with what their requests say:
  // they happen to its record, by the rules and rights of their methods.
  std::vector<absl::string_view> verbs = {};
  // A row that comes again changes nothing, though its record be over, where no method changes
  // records; else it is refused then, as what it asks for is not so any more.
  bool asks_once = false;
  // Where no row states ids.
  FoundBy<M> found_by = {};
};

// What the domain says to changes of a resource; all are optional, and pure where they can be.
template <class M>
struct Rules {
  // Rules over several fields, whose violations come together with those of single fields. Paths
  // begin with `under`.
  std::function<std::vector<Violation>(const M& resource, const std::string& under)> check =
      nullptr;
  // Before a new resource (`before` is null, and the name is set) or an updated one is stored.
  // Fills in what is output-only, and refuses what other rows forbid.
  std::function<absl::Status(const Call&, journal::Transaction&, const M* before, M& after)>
      prepare = nullptr;
  // In the place of `prepare` and of the check of references, for new resources: for many at once,
  // so that a row of a file costs no statement of its own. Says in `refusals`, which are OK, what a
  // Create of each alone would; an error is one of the whole.
  std::function<absl::Status(const Call&, journal::Transaction&, absl::Span<M* const> fresh,
                             absl::Span<absl::Status> refusals)>
      prepare_many = nullptr;
  std::function<absl::Status(const Call&, journal::Transaction&, const M& before)> before_delete =
      nullptr;
  std::vector<VerbRules<M>> verbs = {};
  FileRules<M> in_files = {};
  // The method that adds one, where that is not Create…: what is wrong with what its request states
  // is told here, and RecordWriter writes by its rights.
  absl::string_view creation = "";
  // Of what has personal fields: the key that seals them, of a record as it is stored. Get opens
  // them with it, an update opens and seals them anew.
  std::function<absl::StatusOr<personal::PersonKey>(const M&)> person_key = nullptr;
};

namespace internal {

// The same without types.
struct UntypedVerb {
  std::string verb;
  std::function<absl::Status(const Call&, journal::Transaction&, const Message& before,
                             Message& after)>
      prepare;
  std::function<absl::Status(const Call&, journal::Transaction&, const Message& after)> stored;
};
struct UntypedRules {
  std::function<std::vector<Violation>(const Message& resource, const std::string& under)> check;
  std::function<absl::Status(const Call&, journal::Transaction&, const Message* before,
                             Message& after)>
      prepare;
  std::function<absl::Status(const Call&, journal::Transaction&, absl::Span<Message* const> fresh,
                             absl::Span<absl::Status> refusals)>
      prepare_many;
  std::function<absl::Status(const Call&, journal::Transaction&, const Message& before)>
      before_delete;
  std::vector<UntypedVerb> verbs;
  UntypedFileRules in_files;
  std::string creation;
  std::function<absl::StatusOr<personal::PersonKey>(const Message&)> person_key;
};
RecordWriter Serve(calls::Host& host, const Spec& spec, UntypedRules rules);

// A rule of many at once, without their type.
template <class M>
auto UntypedMany(std::function<absl::Status(const Call&, journal::Transaction&,
                                            absl::Span<M* const>, absl::Span<absl::Status>)>
                     typed) {
  return [typed = std::move(typed)](const Call& call, journal::Transaction& tx,
                                    absl::Span<Message* const> many,
                                    absl::Span<absl::Status> refusals) {
    std::vector<M*> those;
    for (Message* one : many) those.push_back(static_cast<M*>(one));
    return typed(call, tx, those, refusals);
  };
}

template <class M>
UntypedFileRules Untyped(FileRules<M> typed) {
  UntypedFileRules rules;
  const auto text_of = [](std::string (*text)(const M&)) {
    return [text](const Message& record) { return text(static_cast<const M&>(record)); };
  };
  if (typed.id != nullptr) rules.id = text_of(typed.id);
  rules.check_id = typed.check_id;
  for (const absl::string_view verb : typed.verbs) rules.verbs.emplace_back(verb);
  rules.asks_once = typed.asks_once;
  if (typed.found_by.find) {
    rules.found_by = std::string(typed.found_by.field);
    rules.identity = text_of(typed.found_by.identity);
    rules.find = UntypedMany<M>(std::move(typed.found_by.find));
  }
  return rules;
}

template <class M>
UntypedRules Untyped(Rules<M> typed) {
  UntypedRules rules;
  if (typed.check) {
    rules.check = [check = std::move(typed.check)](const Message& resource,
                                                   const std::string& under) {
      return check(static_cast<const M&>(resource), under);
    };
  }
  if (typed.prepare) {
    rules.prepare = [prepare = std::move(typed.prepare)](const Call& call, journal::Transaction& tx,
                                                         const Message* before, Message& after) {
      return prepare(call, tx, static_cast<const M*>(before), static_cast<M&>(after));
    };
  }
  if (typed.prepare_many) rules.prepare_many = UntypedMany<M>(std::move(typed.prepare_many));
  rules.in_files = Untyped(std::move(typed.in_files));
  if (typed.before_delete) {
    rules.before_delete = [before_delete = std::move(typed.before_delete)](
                              const Call& call, journal::Transaction& tx, const Message& before) {
      return before_delete(call, tx, static_cast<const M&>(before));
    };
  }
  rules.creation = std::string(typed.creation);
  if (typed.person_key) {
    rules.person_key = [person_key = std::move(typed.person_key)](const Message& record) {
      return person_key(static_cast<const M&>(record));
    };
  }
  for (const VerbRules<M>& verb : typed.verbs) {
    UntypedVerb& untyped = rules.verbs.emplace_back();
    untyped.verb = std::string(verb.verb);
    if (verb.prepare != nullptr) {
      untyped.prepare = [prepare = verb.prepare](const Call& call, journal::Transaction& tx,
                                                 const Message& before, Message& after) {
        return prepare(call, tx, static_cast<const M&>(before), static_cast<M&>(after));
      };
    }
    if (verb.stored != nullptr) {
      untyped.stored = [stored = verb.stored](const Call& call, journal::Transaction& tx,
                                              const Message& after) {
        return stored(call, tx, static_cast<const M&>(after));
      };
    }
  }
  return rules;
}

}  // namespace internal

// Who is not the agency states neither `source` nor `record_kind` freely (provenance.h). Methods
// that are neither standard nor verbs of the states are given to the service (host.Serve<…>())
// before or after. What is given back writes many records at once, for a loader.
template <class M>
RecordWriter Serve(calls::Host& host, const Resource<M>& resource, Rules<M> rules = {}) {
  return internal::Serve(host, resource, internal::Untyped<M>(std::move(rules)));
}

}  // namespace puente::resource
