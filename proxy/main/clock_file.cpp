#include "proxy/main/clock_file.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <sstream>

#include "shared/core/json.hpp"

namespace sampan {
namespace {

struct ClockRow {
  Instant base{};
  Instant real_t0{};
};
FIELDS(ClockRow, base, real_t0)

Result<ClockRow> read_row(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  auto row = from_json<ClockRow>(text.str());
  if (!row) return fail(ErrorCode::bad_data, "The sandbox's clock cannot be read.", path);
  return row;
}

struct Shown {
  std::mutex mutex;
  std::filesystem::file_time_type changed_at;
  ClockRow row;
};

}  // namespace

Instant system_now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

Result<std::function<Instant()>> clock_of_file(const std::string& path) {
  const auto shown = std::make_shared<Shown>();
  std::error_code failed;
  shown->changed_at = std::filesystem::last_write_time(path, failed);
  TRY(shown->row, read_row(path));
  return std::function<Instant()>([path, shown] {
    const std::lock_guard lock(shown->mutex);
    std::error_code missing;
    const auto changed_at = std::filesystem::last_write_time(path, missing);
    if (!missing && changed_at != shown->changed_at) {
      if (const auto row = read_row(path)) {
        shown->row = *row;
        shown->changed_at = changed_at;
      }
    }
    return shown->row.base + (system_now() - shown->row.real_t0);
  });
}

Result<void> write_whole(const std::string& path, const std::string& text) {
  const std::string beside = path + ".new";
  {
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file << text;
    if (!file.flush()) return fail(ErrorCode::storage, "A file cannot be written.", beside);
  }
  std::error_code failed;
  std::filesystem::rename(beside, path, failed);
  if (failed) return fail(ErrorCode::storage, "A file cannot be written.", path + ": " + failed.message());
  return done();
}

}  // namespace sampan
