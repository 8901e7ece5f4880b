// ExportVacancies: every vacancy, a page a message.
//
// Each page is a statement of its own, so nothing is held while a client reads. Vacancies are never
// deleted and never move in the order of a list, so a cursor meets each exactly once.
#pragma once

#include <memory>

#include "common/calls/stream.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor {

std::unique_ptr<calls::Slicer<v1::ExportVacanciesResponse>> ExportVacancies(
    const v1::ExportVacanciesRequest& request);

}  // namespace puente::labor
