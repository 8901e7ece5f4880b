// What all writes of a resource share. For common/resource alone.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "common/calls/service.h"
#include "common/fields/mask.h"
#include "common/resource/bind.h"
#include "common/resource/references.h"

namespace puente::resource::internal {

using google::protobuf::FieldMask;

struct Writer {
  Writer(const calls::Service& service, const Spec& spec,
         std::shared_ptr<const UntypedRules> rules);

  // The resource that a request names, if the caller may change it and it is as he read it.
  absl::StatusOr<OwnerProof> Before(const Call& call, journal::Transaction& tx,
                                    absl::string_view verb, const std::string& named,
                                    const std::string& at, const std::string& etag,
                                    Message& before) const;
  // What all violations of an updated resource are.
  std::vector<Violation> Violations(const Call& call, const Message& before, Message& after) const;
  // Names of resources that were found to be there, in one transaction.
  using Found = std::set<std::string>;
  // That what a new resource is put under is there, if the module has it, while this is written.
  absl::Status CheckParent(journal::Transaction& tx, const Ids& ids, Found& found) const;

  // What precedes storing a new resource: first for each, where `parents` is for many of one
  // transaction, then for all together, where one of many may be refused alone.
  absl::StatusOr<OwnerProof> BeginNew(const Call& call, journal::Transaction& tx,
                                      const std::string& verb, const Ids& ids, Message& after,
                                      Found& parents) const;
  absl::Status PrepareNew(const Call& call, journal::Transaction& tx, const std::string& verb,
                          absl::Span<Message* const> fresh,
                          absl::Span<absl::Status> refusals) const;
  // All that precedes storing one that is changed from `before`.
  absl::Status PrepareChanged(const Call& call, journal::Transaction& tx, const std::string& verb,
                              const Message& before, Message& after) const;

  // A record as it is stored, with its personal fields opened; and one that is to be stored, with
  // them sealed, or left out where nothing is stored. Of what has none, as it is.
  absl::Status Open(Message& record) const;
  absl::Status Seal(const journal::Transaction& tx, Message& record) const;
  // Leaves out of an answer what its caller may not know.
  absl::Status LeaveOut(const Call& call, journal::Transaction& tx, Message& answer) const;
  // Stores what a record was changed to, if anything; both are open.
  absl::StatusOr<bool> Store(const Call& call, journal::Transaction& tx, const Message& stored,
                             const Message& before, Message& after) const;

  absl::StatusOr<OwnerProof> Create(const Call& call, journal::Transaction& tx,
                                    const std::string& verb, const Ids& ids, Message& after) const;
  absl::Status CreateTogether(journal::Transaction& tx, const std::vector<Ids>& ids,
                              absl::Span<calls::Asked> asked) const;
  absl::StatusOr<OwnerProof> Update(const Call& call, journal::Transaction& tx,
                                    const std::string& verb, const Message& incoming,
                                    const FieldMask& mask, Message& after) const;
  absl::StatusOr<OwnerProof> Delete(const Call& call, journal::Transaction& tx,
                                    const std::string& verb, const std::string& named,
                                    const std::string& etag) const;

  const calls::Service& service;
  const Spec& spec;
  const std::shared_ptr<const UntypedRules> rules;
  const References references;
  // Found when all resources of the module are there.
  mutable std::once_flag parent_found;
  mutable const Spec* parent = nullptr;
  const std::string field;  // of requests that holds the resource: "vacancy"
  const Text name, etag;    // of the resource
  fields::FieldChecker checker;
};
using SharedWriter = std::shared_ptr<const Writer>;

}  // namespace puente::resource::internal
