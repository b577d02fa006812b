// A parameter of an upstream call, as it is signed: decoded, in UTF-8, before any percent-encoding.
//
// Source  upstream.md 1, points 1 and 2
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sampan {

struct Parameter {
  std::string key;
  std::string value;
};

// The parameters by the bytes of their keys ("A" < "_" < "a"), without `unsigned_key` and without those that have an
// empty key or value: the rule that TOP, IOP and JD share.
std::vector<const Parameter*> signed_by_key(std::span<const Parameter> parameters, std::string_view unsigned_key);

// before + key1 + value1 + key2 + value2 … + behind, in one allocation.
std::string joined(std::string_view before, const std::vector<const Parameter*>& parameters, std::string_view behind);

}  // namespace sampan
