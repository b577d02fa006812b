#include "shared/protocol/dispatch.hpp"

#include <algorithm>
#include <optional>

#include "shared/database/joined.hpp"
#include "shared/database/session_rows.hpp"
#include "shared/protocol/endpoints.hpp"
#include "shared/protocol/feed.hpp"
#include "shared/protocol/problem.hpp"
#include "shared/usecase/recording.hpp"

namespace sampan {
namespace {

constexpr std::string_view cookie_name = "sampan_session=";
constexpr Duration session_length = days(90);
constexpr size_t longest_key = 255;

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const size_t end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return parts;
}

// What stands in the path where the row has a name; nothing when the path is another.
std::optional<std::vector<HttpField>> match(std::string_view pattern, std::string_view path) {
  const auto wanted = segments(pattern);
  const auto given = segments(path);
  if (wanted.size() != given.size()) return std::nullopt;
  std::vector<HttpField> fields;
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].front() == '{') {
      const auto decoded = parse_form(given[i]);
      if (decoded.size() != 1 || decoded.front().name.empty()) return std::nullopt;
      fields.push_back({std::string(wanted[i].substr(1, wanted[i].size() - 2)), decoded.front().name});
    } else if (wanted[i] != given[i]) {
      return std::nullopt;
    }
  }
  return fields;
}

struct Found {
  const Endpoint* endpoint = nullptr;
  std::vector<HttpField> in_path;
  std::string allowed;  // the methods of that path, when none of them was meant
};

Found find(const HttpRequest& request) {
  Found found;
  if (request.path.empty() || request.path.front() != '/') return found;
  for (const Endpoint& endpoint : endpoints()) {
    auto fields = match(endpoint.path, request.path);
    if (!fields) continue;
    if (endpoint.method == request.method) return {&endpoint, *std::move(fields), {}};
    found.allowed += (found.allowed.empty() ? "" : ", ") + std::string(endpoint.method);
  }
  return found;
}

void lay_over(Json& command, const std::vector<HttpField>& fields) {
  for (const HttpField& field : fields) {
    Json value;
    value.kind = JsonKind::string;
    value.text = field.value;
    // In front: the first member of a name is the one that counts.
    command.members.insert(command.members.begin(), {field.name, std::move(value)});
  }
}

Result<Json> command_of(const HttpRequest& request, const std::vector<HttpField>& in_path) {
  Json command;
  command.kind = JsonKind::object;
  if (!request.body.empty()) {
    if (field_of(request.fields, "Content-Type").substr(0, 16) != "application/json")
      return fail(ErrorCode::bad_input, "A body is sent as application/json.");
    TRY(command, parse_json(request.body));
    if (command.kind != JsonKind::object) return fail(ErrorCode::bad_input, "The body is one JSON object.");
  }
  lay_over(command, parse_form(request.query));
  lay_over(command, in_path);
  return command;
}

std::string_view token_of(const HttpRequest& request) {
  const std::string_view cookies = field_of(request.fields, "Cookie");
  size_t at = cookies.find(cookie_name);
  while (at != std::string_view::npos && at != 0 && cookies[at - 1] != ' ' && cookies[at - 1] != ';')
    at = cookies.find(cookie_name, at + 1);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = cookies.substr(at + cookie_name.size());
  return rest.substr(0, std::min(rest.find(';'), rest.size()));
}

struct Caller {
  Principal principal;
  std::string new_token;  // of a session that begins with this call
};

bool is_operator(const Dispatch& dispatch, const HttpRequest& request) {
  const std::string_view given = field_of(request.fields, "Authorization");
  if (dispatch.operator_token.empty() || given.substr(0, 7) != "Bearer ") return false;
  // Hashes are compared, so that the time says nothing about the token.
  return dispatch.digest(given.substr(7)) == dispatch.digest(dispatch.operator_token);
}

Result<Caller> caller_of(const Dispatch& dispatch, const HttpRequest& request, Who who) {
  if (who == Who::anyone) return Caller{};
  if (who == Who::the_operator) {
    if (is_operator(dispatch, request)) return Caller{the_shop(), {}};
    return fail(ErrorCode::not_found, "There is nothing at this address.");
  }
  const std::string_view token = token_of(request);
  if (!token.empty()) {
    TRY(const auto known, transact<std::optional<ShopperId>>(dispatch.sessions, [&](Transaction& tx) {
          return find_session(tx, dispatch.digest(token), dispatch.wall_clock());
        }));
    if (known) return Caller{shopper(*known), {}};
  }
  if (who == Who::shopper_begins) return Caller{shopper(new_id<ShopperId>(dispatch.shop)), dispatch.new_token()};
  return fail(ErrorCode::not_found, "There is nothing here of yours: your visit has ended, or has not begun.");
}

Result<std::string> key_of(const HttpRequest& request) {
  const std::string_view key = field_of(request.fields, "Idempotency-Key");
  if (key.empty() || key.size() > longest_key)
    return fail(ErrorCode::bad_input, "This call needs an Idempotency-Key of 1 to 255 characters.");
  return std::string(key);
}

Result<void> begin_session(Transaction& tx, const Dispatch& dispatch, const Caller& caller) {
  if (caller.new_token.empty()) return done();
  return insert_session(tx, dispatch.digest(caller.new_token), caller.principal.shopper_id,
                        dispatch.wall_clock() + session_length);
}

Result<std::string> call_once(const Dispatch& dispatch, const Endpoint& endpoint, const Caller& caller,
                              const HttpRequest& request, const Json& command) {
  TRY(const std::string key, key_of(request));
  const std::string hash =
      dispatch.digest(request.method + " " + request.path + "?" + request.query + "\n" + request.body);
  return transact<std::string>(dispatch.shop.database, [&](Transaction& tx) -> Result<std::string> {
    TRY(const auto kept, find_reply(tx, caller.principal.shopper_id, key));
    if (kept && kept->request_hash != hash)
      return fail(ErrorCode::conflict, "This Idempotency-Key was used for another request.");
    if (kept) return kept->body;
    JoinedDatabase joined(tx);
    const Ports& shop = dispatch.shop;
    Ports ports{joined,        shop.now,     shop.random,      shop.marketplace,
                shop.payments, shop.carrier, shop.fetch_rates, shop.terms};
    TRY(std::string body, endpoint.call(ports, caller.principal, command));
    TRY_DO(begin_session(tx, dispatch, caller));
    TRY_DO(keep_reply(tx, caller.principal.shopper_id, key, {hash, body}, dispatch.wall_clock()));
    return body;
  });
}

HttpReply json_reply(std::string body, const Caller& caller) {
  HttpReply reply;
  reply.fields = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  if (!caller.new_token.empty())
    reply.fields.push_back(
        {"Set-Cookie", std::string(cookie_name) + caller.new_token +
                           "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(session_length.ms / 1000)});
  reply.body = std::move(body);
  return reply;
}

bool wants_document(const HttpRequest& request) {
  return field_of(request.fields, "Accept").find("application/json") != std::string_view::npos;
}

DispatchReply stream_reply(const ChangePage& page, const Principal& caller) {
  HttpReply reply;
  // A proxy before us must pass on each event as it comes.
  reply.fields = {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  reply.body = stream_text(page);
  DispatchReply stream(std::move(reply));
  // With more to catch up on, the follower comes for the next page first.
  if (!page.has_more) stream.follows = Following{caller.shopper_id, page.cursor};
  return stream;
}

Result<DispatchReply> answer_found(const Dispatch& dispatch, const HttpRequest& request, const Found& found) {
  const Endpoint& endpoint = *found.endpoint;
  TRY(const Caller caller, caller_of(dispatch, request, endpoint.who));
  TRY(Json command, command_of(request, found.in_path));
  if (endpoint.follow != nullptr) {
    const std::string_view last_event = field_of(request.fields, "Last-Event-ID");
    if (!last_event.empty()) lay_over(command, {{"after", std::string(last_event)}});
    if (!wants_document(request)) {
      TRY(const ChangePage page, endpoint.follow(dispatch.shop, caller.principal, command));
      return stream_reply(page, caller.principal);
    }
  }
  if (endpoint.repeat == Repeat::idempotent) {
    TRY(std::string body, call_once(dispatch, endpoint, caller, request, command));
    return DispatchReply(json_reply(std::move(body), caller));
  }
  TRY(std::string body, endpoint.call(dispatch.shop, caller.principal, command));
  return DispatchReply(json_reply(std::move(body), caller));
}

}  // namespace

DispatchReply answer(const Dispatch& dispatch, const HttpRequest& request) {
  const Found found = find(request);
  if (found.endpoint != nullptr) {
    auto reply = answer_found(dispatch, request, found);
    return reply ? *std::move(reply) : DispatchReply(problem_reply(reply.error()));
  }
  HttpReply reply = problem_reply({ErrorCode::not_found, "There is nothing at this address.", {}});
  if (found.allowed.empty()) return reply;
  reply.status = 405;
  reply.fields.push_back({"Allow", found.allowed});
  reply.body = R"({"title":"Method Not Allowed","status":405,"code":"bad_input","detail":"This address takes )" +
               found.allowed + R"(."})";
  return reply;
}

}  // namespace sampan
