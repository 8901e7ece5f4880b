// A gateway whose overview has one section: what a composition is measured against. It is hosted
// exactly as the gateway is, and goes through the same executor.
#pragma once

namespace puente::bench {

// Metadata of a call that names the section: "employment".
inline constexpr char kSectionKey[] = "bench-section";

// In a process of its own, as puente-gateway. Takes that program's flags; returns its exit status.
int ServeOneSectionGateway(const char* config);
// With the four modules in one process, as puente-embedded.
int ServeOneSectionEmbedded(const char* config);

}  // namespace puente::bench
