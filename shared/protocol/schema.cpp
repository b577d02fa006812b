#include "shared/protocol/schema.hpp"

namespace sampan {

std::string SchemaOf<Money>::text(SchemaComponents& components) {
  components.try_emplace("Money",
                         R"({"type":"object","properties":{"minor":{"type":"integer","format":"int64"},)"
                         R"("currency":{"type":"string","pattern":"^[A-Z]{3}$"}},"required":["minor","currency"]})");
  return R"({"$ref":"#/components/schemas/Money"})";
}

}  // namespace sampan
