#include "proxy/sandbox/stripe_page.hpp"

#include <algorithm>
#include <array>

namespace sampan {
namespace {

struct TestCard {
  std::string_view number;
  std::string_view outcome;  // empty: it pays
};
constexpr std::array test_cards{
    TestCard{"4242424242424242", ""},
    TestCard{"4000000000009995", "Your card has insufficient funds."},
    TestCard{"4000000000000002", "Your card was declined."},
};

constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--ink:#1b2126;--soft:#5b6670;--paper:#fff;--ground:#f3f5f6;--edge:#d5dbe0;--act:#0b6e69;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#eef1f3;--soft:#a3aeb7;--paper:#1c2227;--ground:#12161a;--edge:#3a444c;--act:#58c4bd;--bad:#ff9b92}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{width:100%;max-width:420px;padding:32px;background:var(--paper);border:1px solid var(--edge);border-radius:16px}
h1{margin:0;font-size:16px;font-weight:500;color:var(--soft)}
.amount{margin:4px 0 0;font-size:36px;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.line{margin:0 0 24px;color:var(--soft);overflow-wrap:anywhere}
label{display:block;font-weight:600}
input{width:100%;margin:6px 0 0;padding:12px;font:inherit;letter-spacing:.04em;color:inherit;background:transparent;border:1px solid var(--soft);border-radius:10px}
ul{margin:8px 0 20px;padding:0;list-style:none;font-size:14px;color:var(--soft)}
button,a.button{display:block;width:100%;min-height:48px;margin:12px 0 0;padding:11px;font:inherit;font-weight:600;text-align:center;text-decoration:none;border-radius:10px;border:1px solid var(--soft);background:transparent;color:inherit;cursor:pointer}
button.pay{border-color:var(--act);background:var(--act);color:var(--paper)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.bad{margin:0 0 16px;padding:10px 12px;border:1px solid var(--bad);border-radius:10px;color:var(--bad)}
.note{margin:24px 0 0;font-size:14px;color:var(--soft)}
)css";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

HttpReply page(int32_t status, std::string_view title, std::string_view body) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>" + escaped(title) + "</title>\n" +
      "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\">\n" +
      "<style>" + std::string(style) + "</style>\n<main>\n" + std::string(body) +
      "<p class=\"note\">This is Sampan's sandbox in the place of a payment provider: no money moves.</p>\n"
      "</main></html>\n";
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Cache-Control", "no-store"},
           {"X-Content-Type-Options", "nosniff"},
           {"Referrer-Policy", "no-referrer"},
           {"Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"}},
          std::move(html)};
}

HttpReply redirect(std::string location) {
  return {303, {{"Location", std::move(location)}, {"Cache-Control", "no-store"}}, {}};
}

std::string success_address(const SandboxSession& session) {
  constexpr std::string_view hole = "{CHECKOUT_SESSION_ID}";
  std::string address = session.success_url;
  const std::string id = session_id(session.number);
  for (size_t at = address.find(hole); at != std::string::npos; at = address.find(hole, at + id.size()))
    address.replace(at, hole.size(), id);
  return address;
}

std::string grouped(std::string_view number) {
  std::string out;
  for (size_t i = 0; i < number.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += number[i];
  }
  return out;
}

std::string card_list() {
  std::string list = "<ul id=\"cards\">\n";
  for (const TestCard& card : test_cards)
    list += "<li>" + grouped(card.number) + " " + (card.outcome.empty() ? "pays" : "is refused") + "</li>\n";
  return list + "</ul>\n";
}

std::string heading(const SandboxSession& session, std::string_view merchant, std::string_view what) {
  return "<h1>" + escaped(what) + " " + escaped(merchant) + "</h1>\n<p class=\"amount\">" + text(session.amount) +
         "</p>\n<p class=\"line\">" + escaped(session.name) + "</p>\n";
}

std::string link(std::string_view address, std::string_view words) {
  if (address.empty()) return {};
  return "<a class=\"button\" href=\"" + escaped(address) + "\">" + escaped(words) + "</a>\n";
}

}  // namespace

HttpReply StripePage::answer(const HttpRequest& request) {
  constexpr std::string_view folder = "/c/pay/";
  const bool is_page = request.path.compare(0, folder.size(), folder) == 0;
  const SandboxSession* const session = is_page ? gateway_.find_session(request.path.substr(folder.size())) : nullptr;
  if (session == nullptr) return page(404, "No such payment", "<h1>There is no payment at this address.</h1>\n");
  if (request.method == "GET" || request.method == "HEAD")
    return gateway_.state_of(*session) == ProviderState::open ? show(*session, 200, "") : show_end(*session);
  if (request.method != "POST") {
    HttpReply refused = page(405, "Not possible", "<h1>This page is read or sent.</h1>\n");
    refused.fields.push_back({"Allow", "GET, HEAD, POST"});
    return refused;
  }
  const std::vector<HttpField> form = parse_form(request.body);
  if (field_of(form, "act") == "pay") return pay(*session, std::string(field_of(form, "card")));
  // The page stays open behind it, as the real one does.
  return session->cancel_url.empty() ? show(*session, 200, "") : redirect(session->cancel_url);
}

HttpReply StripePage::pay(const SandboxSession& session, std::string card) {
  card.erase(std::remove_if(card.begin(), card.end(), [](char c) { return c < '0' || c > '9'; }), card.end());
  const auto* const known =
      std::find_if(test_cards.begin(), test_cards.end(), [&](const TestCard& each) { return each.number == card; });
  if (gateway_.state_of(session) != ProviderState::open) return show_end(session);
  if (known == test_cards.end()) return show(session, 402, "This is none of the test cards below.");
  if (!known->outcome.empty()) return show(session, 402, known->outcome);
  if (const auto paid = gateway_.pay(session); !paid) return show(session, 402, paid.error().sentence);
  return redirect(success_address(session));
}

HttpReply StripePage::show(const SandboxSession& session, int32_t status, std::string_view complaint) {
  std::string body = heading(session, merchant_, "Pay");
  if (!complaint.empty()) body += "<p class=\"bad\" role=\"alert\">" + escaped(complaint) + "</p>\n";
  body +=
      "<form method=\"post\">\n<label for=\"card\">Card number</label>\n"
      "<input id=\"card\" name=\"card\" inputmode=\"numeric\" autocomplete=\"cc-number\" aria-describedby=\"cards\" "
      "value=\"" +
      grouped(test_cards.front().number) + "\">\n" + card_list() +
      "<button class=\"pay\" name=\"act\" value=\"pay\">Pay " + text(session.amount) + "</button>\n";
  if (!session.cancel_url.empty()) body += "<button name=\"act\" value=\"cancel\">Cancel</button>\n";
  body += "</form>\n";
  return page(status, "Pay " + merchant_, body);
}

HttpReply StripePage::show_end(const SandboxSession& session) {
  if (gateway_.state_of(session) == ProviderState::captured)
    return page(200, "Paid",
                heading(session, merchant_, "Paid to") + link(success_address(session), "Back to the shop"));
  return page(410, "Expired",
              heading(session, merchant_, "Too late: this page has expired. It was to pay") +
                  link(session.cancel_url, "Back to the shop"));
}

}  // namespace sampan
