// What became of an upload, as text.
#pragma once

#include <string>

#include "cli/printer.h"

namespace puente::cli {

// "1,310,720 of 1,800,000 bytes, 72.8 %"; without a share if `size` is 0.
std::string UploadProgress(int64_t sent, int64_t size);

// The counts with their shares, and the errors by line with what to do. `stored`: whether the file
// was loaded, or only checked. Of LoadVacanciesResponse and LoadVocabularyResponse.
template <class Response>
void Print(Printer& printer, const Response& response, bool stored);

}  // namespace puente::cli
