#include <array>

#include "proxy/ops/tool.hpp"
#include "shared/marketplace/alibaba1688/parse_reply.hpp"
#include "shared/marketplace/jd/parse_reply.hpp"
#include "shared/marketplace/taobao/parse_reply.hpp"

namespace sampan {
namespace {

using ParseReply = Result<std::string> (*)(std::string_view api, const Json& reply);

// Taobao Global is an API family of its own beside Taobao's: the same shapes, told apart by themselves.
struct Row {
  std::string_view marketplace;
  ParseReply parse;
};
constexpr std::array rows{
    Row{"taobao", taobao::parse_reply},
    Row{"taobao_global", taobao::parse_reply},
    Row{"alibaba1688", alibaba1688::parse_reply},
    Row{"jd", jd::parse_reply},
};

// As it came over the wire, or already as JSON.
Result<Json> reply_of(const Json& question) {
  const Json* const reply = question.find("reply");
  if (reply == nullptr || reply->kind == JsonKind::null)
    return fail(ErrorCode::bad_input, "A field is missing or empty.", "/reply");
  return reply->kind == JsonKind::string ? parse_json(reply->text) : Result<Json>(*reply);
}

Result<std::string> answer_parse(const Json& question) {
  std::string marketplace;
  TRY_DO(json_detail::read_member(question, "marketplace", marketplace));
  std::string api;
  const Json* const named = question.find("api");
  if (named != nullptr && named->kind != JsonKind::null) TRY_DO(json_detail::read_member(question, "api", api));
  TRY(const Json reply, reply_of(question));
  for (const Row& row : rows)
    if (row.marketplace == marketplace) return row.parse(api, reply);
  return fail(ErrorCode::bad_input, "This marketplace is unknown.", shortened(marketplace));
}

}  // namespace

Tool parse_tool() { return answer_parse; }

}  // namespace sampan
