// Why TLS handshakes are refused. A refused peer learns next to nothing, so the log must tell.
#pragma once

#include <functional>

#include "absl/strings/string_view.h"

namespace puente::identity {

// Hears why a handshake was refused, by this side or by the peer; on any thread.
using HandshakeObserver = std::function<void(absl::string_view cause)>;

// From now on all refused handshakes of the process go to `observer`, and gRPC's other error texts
// to `errors`. Nothing about the verification changes. Before the first server or channel.
void ObserveHandshakes(HandshakeObserver observer, std::function<void(absl::string_view)> errors);

// Tells the observer, if there is one.
void TellHandshakeRefused(absl::string_view cause);

}  // namespace puente::identity
