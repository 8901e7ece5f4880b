// For servers that open personal data: opened values are ordinary strings.
#pragma once

namespace puente::personal {

// From now on no core file is written of this process, and nobody but the administrator may look
// into its memory (ptrace, /proc/PID/mem). Ends the process if that can't be had.
void KeepMemoryPrivate();

}  // namespace puente::personal
