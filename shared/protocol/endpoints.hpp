// The rows of calls.hpp, each with its act: what a shop answers to. Dispatch and the OpenAPI document follow from it.
//
// Shape   a call's command is one JSON object: its body, with what stands in the path and the query laid over it
// Source  the rows are in endpoints.cpp; /openapi.json is made from them (openapi.hpp)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/database/outbox.hpp"
#include "shared/protocol/call.hpp"
#include "shared/protocol/schema.hpp"
#include "shared/usecase/ports.hpp"
#include "shared/user/principal.hpp"

namespace sampan {

struct Endpoint {
  std::string_view method;
  std::string_view path;
  Who who{};
  Repeat repeat{};
  std::string_view name;
  std::string_view sentence;
  Result<std::string> (*call)(Ports& ports, const Principal& caller, const Json& command);
  std::string (*command_schema)(SchemaComponents& components);
  std::string (*reply_schema)(SchemaComponents& components);
  // Set: the reply goes on as a stream of events after this page, unless a JSON document is asked for.
  Result<ChangePage> (*follow)(Ports& ports, const Principal& caller, const Json& command) = nullptr;
};

const std::vector<Endpoint>& endpoints();

}  // namespace sampan
