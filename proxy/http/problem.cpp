#include "proxy/http/problem.hpp"

#include <array>

#include "shared/core/json.hpp"

namespace sampan {
namespace {

constexpr std::array problems{
    Problem{500, "Internal Server Error", ErrorCode::bad_data, "The server made a mistake; it has been logged."},
    Problem{400, "Bad Request", ErrorCode::bad_input, "The request cannot be read."},
    Problem{404, "Not Found", ErrorCode::not_found, "There is nothing at this address."},
    Problem{405, "Method Not Allowed", ErrorCode::not_offered, "This address can only be read, with GET or HEAD."},
    Problem{413, "Content Too Large", ErrorCode::bad_input, "The request's body is larger than this server takes."},
    Problem{414, "URI Too Long", ErrorCode::bad_input, "The address is longer than this server takes."},
    Problem{431, "Request Header Fields Too Large", ErrorCode::bad_input,
            "The request's header is larger than this server takes."},
};

struct ProblemDocument {
  std::string_view title;
  int32_t status;
  std::string_view code;
  std::string_view detail;
};
FIELDS(ProblemDocument, title, status, code, detail)

}  // namespace

const Problem& problem_of(int status) {
  for (const Problem& problem : problems)
    if (problem.status == status) return problem;
  return problems.front();
}

std::string problem_json(const Problem& problem) {
  return to_json(ProblemDocument{problem.title, problem.status, word(problem.code), problem.detail});
}

}  // namespace sampan
