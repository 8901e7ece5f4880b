// The console: pages for one browser, a session, and the contract as who acts in it.
#pragma once

#include "console/connect/gate.h"
#include "console/site/pages.h"
#include "console/site/session.h"

namespace puente::console {

class Site : public Handler {
 public:
  struct Options {
    std::map<std::string, std::string> actors;  // who may be chosen, with their roles
    std::string actor;                          // who is at first, or ""
    std::string language = "es";
    std::string pages_folder;  // "": those of the program
  };

  // `channels` outlives it.
  Site(Channels& channels, Options options);

  // The path that opens it, once: "/open/SECRET".
  std::string Link() const;

  void Handle(std::shared_ptr<Exchange> exchange) override;

 private:
  bool IsKnown(const Exchange& exchange) const;
  Said SaidBy(const Exchange& exchange) const;
  void Open(Exchange& exchange);
  void ServeCall(std::shared_ptr<Exchange> exchange);
  void ServeFile(std::shared_ptr<Exchange> exchange);
  void ServeSession(std::shared_ptr<Exchange> exchange);
  void ChangeSession(std::shared_ptr<Exchange> exchange);
  // What the session is, to a caller who is asked to be `actor`.
  void TellSession(std::shared_ptr<Exchange> exchange);

  Channels& channels_;
  const Options options_;
  Gate gate_;
  const Pages pages_;
  Session session_;
  // Of its own: a browser sends cookies to every port of a host.
  const std::string cookie_name_;
};

}  // namespace puente::console
