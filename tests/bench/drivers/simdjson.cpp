// simdjson REGIMENS: simdjson On-Demand reads every field of the file and keeps nothing: what a general reader of JSON costs alone. The file comes
// in blocks, so that no memory is touched for the first time; fields are asked for in the order in which they stand, which is its fastest way.
// Prints the processor time without the reading of blocks.
#include <simdjson.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

namespace {

namespace od = simdjson::ondemand;

struct Sum {
  std::uint64_t bytes = 0, flags = 0;
  double numbers = 0;

  void add(std::string_view text) { bytes += text.size(); }
};

void read_patient(od::object patient, Sum& sum) {
  sum.add(std::string_view(patient.find_field("id")));
  sum.numbers += static_cast<double>(std::int64_t(patient.find_field("age")));
  sum.add(std::string_view(patient.find_field("sex")));
}

void read_lab(od::object lab, Sum& sum) {
  sum.add(std::string_view(lab.find_field("name")));
  sum.numbers += double(lab.find_field("value"));
  std::string_view unit;
  if (lab.find_field("unit").get(unit) == simdjson::SUCCESS) sum.add(unit);
}

void read_regimen(od::object regimen, Sum& sum) {
  read_patient(regimen.find_field("patient"), sum);
  for (od::object medication : regimen.find_field("medications").get_array()) {
    sum.add(std::string_view(medication.find_field("drug")));
    sum.add(std::string_view(medication.find_field("dose")));
  }
  for (std::string_view condition : regimen.find_field("conditions").get_array()) sum.add(condition);
  for (od::object lab : regimen.find_field("labs").get_array()) read_lab(lab, sum);
  sum.flags += bool(regimen.find_field("complete").find_field("conditions"));
}

// Whole lines of the file, a block at a time.
class Blocks {
 public:
  explicit Blocks(const char* path) : file_(std::fopen(path, "rb")), bytes_(block + simdjson::SIMDJSON_PADDING) {
    if (file_ == nullptr) {
      std::perror(path);
      std::exit(2);
    }
    std::setvbuf(file_, nullptr, _IONBF, 0);
  }
  ~Blocks() { std::fclose(file_); }
  Blocks(const Blocks&) = delete;
  Blocks& operator=(const Blocks&) = delete;

  // Empty at the end of the file.
  std::string_view next() {
    std::memmove(bytes_.data(), bytes_.data() + whole_, filled_ - whole_);
    filled_ -= whole_;
    filled_ += std::fread(bytes_.data() + filled_, 1, block - filled_, file_);
    const std::string_view text(bytes_.data(), filled_);
    whole_ = filled_ < block ? filled_ : text.rfind('\n') + 1;
    return text.substr(0, whole_);
  }

 private:
  static constexpr std::size_t block = std::size_t(1) << 20;
  std::FILE* file_;
  std::vector<char> bytes_;
  std::size_t filled_ = 0, whole_ = 0;
};

std::size_t read_block(od::parser& parser, std::string_view block, Sum& sum) {
  std::size_t count = 0;
  od::document_stream stream;
  const auto error = parser.iterate_many(block.data(), block.size(), block.size()).get(stream);
  if (error != simdjson::SUCCESS) throw simdjson::simdjson_error(error);
  for (auto document : stream) {
    read_regimen(document.get_object(), sum);
    ++count;
  }
  return count;
}

}  // namespace

int main(int count, char** words) try {
  if (count != 2) {
    std::fputs("simdjson REGIMENS\n", stderr);
    return 2;
  }
  Blocks blocks(words[1]);
  od::parser parser;
  Sum sum;
  std::size_t patients = 0;
  std::clock_t spent = 0;
  for (auto block = blocks.next(); !block.empty(); block = blocks.next()) {
    const auto begin = std::clock();
    patients += read_block(parser, block, sum);
    spent += std::clock() - begin;
  }
  const double all = static_cast<double>(sum.bytes + sum.flags) + sum.numbers;
  const double seconds = static_cast<double>(spent) / CLOCKS_PER_SEC;
  std::printf("{\"patients\": %zu, \"sum\": %.1f, \"seconds\": %.6f}\n", patients, all, seconds);
} catch (const simdjson::simdjson_error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
