#include "shared/marketplace/parameter.hpp"

#include <algorithm>

namespace sampan {

std::vector<const Parameter*> signed_by_key(std::span<const Parameter> parameters, std::string_view unsigned_key) {
  std::vector<const Parameter*> chosen;
  chosen.reserve(parameters.size());
  for (const Parameter& parameter : parameters)
    if (!parameter.key.empty() && !parameter.value.empty() && parameter.key != unsigned_key)
      chosen.push_back(&parameter);
  std::sort(chosen.begin(), chosen.end(), [](const Parameter* a, const Parameter* b) {
    const int order = a->key.compare(b->key);
    return order != 0 ? order < 0 : a->value < b->value;
  });
  return chosen;
}

std::string joined(std::string_view before, const std::vector<const Parameter*>& parameters, std::string_view behind) {
  size_t size = before.size() + behind.size();
  for (const Parameter* parameter : parameters) size += parameter->key.size() + parameter->value.size();

  std::string text;
  text.reserve(size);
  text += before;
  for (const Parameter* parameter : parameters) {
    text += parameter->key;
    text += parameter->value;
  }
  text += behind;
  return text;
}

}  // namespace sampan
