#include "modules/education/persons/resource.h"

namespace puente::education {

const resource::Resource<v1::Person>& Persons() {
  // It begins with the first learner whose identifier it bears, CURRENT.
  static const resource::Resource<v1::Person> persons({
      .table = "person",
      .lists = {{.by = {"state"}, .index = "by_state"}},
      .guarded = true,
      .states = {{.verb = "UpdatePerson", .from = {v1::PERSON_STATE_CURRENT}},
                 {.verb = "CorrectPersonIdentifier", .from = {v1::PERSON_STATE_CURRENT}},
                 {.verb = "MergePerson",
                  .from = {v1::PERSON_STATE_CURRENT},
                  .to = v1::PERSON_STATE_MERGED},
                 {.verb = "SplitPerson",
                  .from = {v1::PERSON_STATE_MERGED},
                  .to = v1::PERSON_STATE_CURRENT},
                 {.verb = "DestroyPerson",
                  .from = {v1::PERSON_STATE_CURRENT},
                  .to = v1::PERSON_STATE_DESTROYED}},
      .over = {v1::PERSON_STATE_DESTROYED},
  });
  return persons;
}

}  // namespace puente::education
