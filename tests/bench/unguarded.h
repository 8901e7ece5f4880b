// A module's server as it would be without rights, delegation, field checks, metrics and logs: the
// generated callback service, the same workers and statement, the same credentials. What those cost
// is measured against it.
#pragma once

namespace puente::bench {

// Serves GetVacancy until SIGTERM, by the configuration of puente-labor. Returns the exit status.
int ServeUnguarded(const char* config);

}  // namespace puente::bench
