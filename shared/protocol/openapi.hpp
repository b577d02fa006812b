// The protocol as an OpenAPI 3.1 document, made from the table of endpoints; served at /openapi.json.
#pragma once

#include <string>
#include <string_view>

namespace sampan {

std::string openapi_document(std::string_view version);

}  // namespace sampan
