#include "proxy/ops/tool.hpp"

#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>
#include <utility>
#include <vector>

namespace sampan {
namespace {

struct ToolError {
  std::string code;
  std::string message;
};
FIELDS(ToolError, code, message)

struct ToolFailure {
  ToolError error;
};
FIELDS(ToolFailure, error)

std::string failure_text(const Error& error) {
  std::string message = error.sentence;
  if (!error.context.empty()) message += " (" + error.context + ")";
  return to_json(ToolFailure{{std::string(word(error.code)), std::move(message)}});
}

// JSON leaves open which of two equal names counts; a diagnostic must not guess.
std::optional<std::string> repeated_name(const Json& json) {
  std::vector<std::string_view> names;
  names.reserve(json.members.size());
  for (const auto& [name, member] : json.members) {
    names.push_back(name);
    if (auto inner = repeated_name(member)) return inner;
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  return twice == names.end() ? std::nullopt : std::optional<std::string>(*twice);
}

Result<std::string> answer(const Tool& tool, std::string_view line) {
  // The JSON parser takes a NUL byte for the end of its input and would not see what follows.
  if (line.find('\0') != std::string_view::npos) return fail(ErrorCode::bad_input, "The line has a NUL byte in it.");
  TRY(const Json question, parse_json(line));
  if (question.kind != JsonKind::object) return fail(ErrorCode::bad_input, "The line is no JSON object.");
  if (const auto name = repeated_name(question))
    return fail(ErrorCode::bad_input, "A name stands twice in one object.", shortened(*name));
  return tool(question);
}

}  // namespace

std::string shortened(std::string_view text) {
  constexpr size_t most_bytes = 40;
  if (text.size() <= most_bytes) return std::string(text);
  size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string tool_answer(const Tool& tool, std::string_view line) {
  auto answered = answer(tool, line);
  return answered ? *std::move(answered) : failure_text(answered.error());
}

void run_tool(const Tool& tool, std::istream& in, std::ostream& out) {
  for (std::string line; std::getline(in, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    out << tool_answer(tool, line) << '\n' << std::flush;
  }
}

}  // namespace sampan
