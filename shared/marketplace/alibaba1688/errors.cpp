#include "shared/marketplace/alibaba1688/errors.hpp"

#include <array>

namespace sampan::alibaba1688 {
namespace {

struct CodeRow {
  std::string_view code;
  ErrorCode ours;
};

constexpr std::array code_rows = {
    // The gateway's.
    CodeRow{"gw.QosAppFrequencyLimit", ErrorCode::quota}, CodeRow{"gw.SignatureInvalid", ErrorCode::auth},
    CodeRow{"gw.SignatureMissing", ErrorCode::auth},
    CodeRow{"gw.SignatureTimeout", ErrorCode::retry_later},  // too long on its way, or our clock: signed anew each time
    CodeRow{"gw.APIACLDecline", ErrorCode::auth},            // the app has to apply for this API
    CodeRow{"gw.APIUnsupported", ErrorCode::bad_request}, CodeRow{"gw.ParamMissing", ErrorCode::bad_request},
    CodeRow{"gw.Timeout", ErrorCode::outcome_unknown}, CodeRow{"400", ErrorCode::bad_request},
    CodeRow{"401", ErrorCode::auth}, CodeRow{"403", ErrorCode::auth}, CodeRow{"404", ErrorCode::not_found},
    CodeRow{"500", ErrorCode::outcome_unknown}, CodeRow{"503", ErrorCode::outcome_unknown},
    // Preview and create.
    CodeRow{"500_001", ErrorCode::not_found},    // not for sale online: no longer offered
    CodeRow{"500_002", ErrorCode::bad_request},  // several sellers
    CodeRow{"500_003", ErrorCode::bad_request},  // the specId is missing or of another offer
    CodeRow{"500_004", ErrorCode::sold_out}, CodeRow{"500_005", ErrorCode::below_moq},
    CodeRow{"500_006", ErrorCode::below_moq},  // of a mixed batch
    CodeRow{"500_007", ErrorCode::rejected},   // no consignment relation
    CodeRow{"500_008", ErrorCode::rejected},   // price 0
    CodeRow{"500_009", ErrorCode::below_moq},  // of a batch
    // Orders and logistics.
    CodeRow{"CLOSE_ORDER_TOO_FAST", ErrorCode::retry_later},  // within ten seconds of its creation
    CodeRow{"500_2", ErrorCode::not_found},                   // not shipped yet
    CodeRow{"order.nopermission.buyer", ErrorCode::auth},
    CodeRow{"order.createtime.history", ErrorCode::not_found},  // older than a year
};

// Some answers carry a code that says nothing, or none; their text does.
constexpr std::array message_rows = {
    CodeRow{"Request need user authorized", ErrorCode::auth}, CodeRow{"invalid access_token", ErrorCode::auth},
    CodeRow{"没有该商品的查询权限", ErrorCode::auth}, CodeRow{"不存在", ErrorCode::not_found},  // "商品[…]不存在"
};

constexpr std::array status_rows = {
    std::pair{401, ErrorCode::auth},
    std::pair{403, ErrorCode::auth},
    std::pair{429, ErrorCode::quota},
};

std::string_view sentence_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::quota: return "1688 takes no more calls for now; this goes on by itself.";
    case ErrorCode::auth: return "1688 refused the key, the token or the permission; the operator must act.";
    case ErrorCode::not_found: return "1688 has no such thing any more.";
    case ErrorCode::sold_out: return "The seller does not have as many.";
    case ErrorCode::below_moq: return "The seller sells more at a time.";
    case ErrorCode::bad_request: return "1688 cannot understand the request.";
    case ErrorCode::retry_later: return "1688 does not do this yet; it is tried again.";
    case ErrorCode::outcome_unknown: return "1688 did not answer clearly; what happened is looked up.";
    default: return "1688 refused.";
  }
}

constexpr size_t longest_error = 4096;  // a good answer is not read twice

// Enough to recognise it; a page of HTML helps nobody.
std::string shortened(std::string_view text) { return std::string(text.substr(0, 200)); }

tl::unexpected<Error> refused(std::string_view code, std::string_view message) {
  const ErrorCode ours = error_code_of(code, message);
  return fail(ours, std::string(sentence_of(ours)), shortened(code) + (code.empty() ? "" : " ") + shortened(message));
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::array<Reply, 3> deepest_first(const Reply& root) { return {root["result"]["result"], root["result"], root}; }

std::string first_text(const Reply& at, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const std::string text = at[name].text(); !text.empty()) return text;
  return {};
}

std::string code_of(const Reply& at) {
  const std::string code = first_text(at, {"errorCode", "code"});
  return code == "200" ? std::string() : code;
}

std::string message_of(const Reply& at) { return first_text(at, {"errorMessage", "errorMsg", "message", "erroMsg"}); }

}  // namespace

ErrorCode error_code_of(std::string_view code, std::string_view message) {
  for (const CodeRow& row : code_rows)
    if (row.code == code) return row.ours;
  for (const CodeRow& row : message_rows)
    if (message.find(row.code) != std::string_view::npos) return row.ours;
  if (code.substr(0, 3) == "gw." && ends_with(code, "Timeout")) return ErrorCode::outcome_unknown;
  return ErrorCode::rejected;
}

Result<Json> read_reply(const HttpReply& reply) {
  const std::string status = "HTTP " + std::to_string(reply.status);
  auto json = parse_json(reply.body);
  if (json) {
    const Reply root(*json);
    if (const std::string code = root["error_code"].text(); !code.empty())
      return refused(code, first_text(root, {"error_message", "exception"}));
    if (reply.status >= 200 && reply.status < 300) return *std::move(json);
    if (reply.status < 500 && (!code_of(root).empty() || !message_of(root).empty())) return business_error(root);
  }
  for (const auto& [known, ours] : status_rows)
    if (reply.status == known) return fail(ours, std::string(sentence_of(ours)), status);
  return fail(ErrorCode::outcome_unknown, std::string(sentence_of(ErrorCode::outcome_unknown)),
              status + ", " + (json ? "no error_code" : "no JSON: " + shortened(reply.body)));
}

Result<Reply> payload(const Reply& root, std::initializer_list<std::string_view> names) {
  for (const Reply& level : deepest_first(root))
    for (const std::string_view name : names)
      if (level[name].has_value()) return level;
  return business_error(root);
}

Result<Reply> payload_array(const Reply& root) {
  for (const Reply& level : deepest_first(root))
    if (level.is_array()) return level;
  return business_error(root);
}

Result<void> accepted(const Reply& root) {
  for (const Reply& level : deepest_first(root)) {
    if (level["success"].is_true()) return done();
    if (level["success"].is_false()) break;
  }
  return business_error(root);
}

tl::unexpected<Error> business_error(const Reply& root) {
  for (const Reply& level : deepest_first(root)) {
    const std::string code = code_of(level);
    if (!code.empty()) return refused(code, message_of(level));
  }
  for (const Reply& level : deepest_first(root))
    if (level["success"].is_false()) return refused({}, message_of(level));
  return root["result"].unreadable("what was asked for, or an error,");
}

bool is_token_answer(const HttpReply& reply) {
  if (reply.status == 401) return true;
  if (reply.body.size() > longest_error) return false;
  const auto json = parse_json(reply.body);
  return json && Reply(*json)["error_code"].text() == "401";
}

bool is_quota_answer(const HttpReply& reply) {
  if (reply.body.size() > longest_error) return false;
  const auto read = read_reply(reply);
  return !read && read.error().code == ErrorCode::quota;
}

}  // namespace sampan::alibaba1688
