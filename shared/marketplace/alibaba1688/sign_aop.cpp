#include "shared/marketplace/alibaba1688/sign_aop.hpp"

#include <algorithm>
#include <vector>

namespace sampan {
namespace {

// Orders key+value without building it: "a1"+"0" comes before "a"+"2", though the key "a" comes before "a1".
bool joined_is_less(const Parameter* a, const Parameter* b) {
  const auto at = [](const Parameter& p, size_t i) {
    return static_cast<unsigned char>(i < p.key.size() ? p.key[i] : p.value[i - p.key.size()]);
  };
  const size_t a_size = a->key.size() + a->value.size();
  const size_t b_size = b->key.size() + b->value.size();
  for (size_t i = 0; i < std::min(a_size, b_size); ++i)
    if (at(*a, i) != at(*b, i)) return at(*a, i) < at(*b, i);
  return a_size < b_size;
}

}  // namespace

std::string aop_canonical(std::string_view path, std::span<const Parameter> parameters) {
  // 1. All parameters that are sent but `_aop_signature`; an empty value stays, as the bare key.
  std::vector<const Parameter*> chosen;
  chosen.reserve(parameters.size());
  for (const Parameter& parameter : parameters)
    if (parameter.key != "_aop_signature") chosen.push_back(&parameter);
  // 2. Each joined as keyvalue, and these strings sorted.
  std::sort(chosen.begin(), chosen.end(), joined_is_less);
  // 3. The path before them.
  return joined(path, chosen, {});
}

}  // namespace sampan
