#include "terminology/pack.hpp"

#include <cstring>
#include <limits>
#include <type_traits>
#include <unordered_map>

namespace theriac::detail {
namespace {

constexpr std::string_view magic = "theriac.pack/1\n";

using Sources = std::vector<grammar::SourcePtr>;

class Writer {
 public:
  explicit Writer(const Sources& sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) numbers_.emplace(sources[i].get(), static_cast<std::uint32_t>(i));
  }
  static constexpr bool reads = false;
  bool ok() const { return true; }
  template <class T>
  void plain(const T& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(const std::string& value) {
    plain(static_cast<std::uint32_t>(value.size()));
    bytes += value;
  }
  std::uint32_t size(std::size_t size) {
    plain(static_cast<std::uint32_t>(size));
    return static_cast<std::uint32_t>(size);
  }
  void place(const grammar::Place& place) {
    const auto at = numbers_.find(place.source.get());
    plain(at == numbers_.end() ? std::numeric_limits<std::uint32_t>::max() : at->second);
    plain(place.span.begin);
    plain(place.span.end);
  }
  std::string bytes;

 private:
  std::unordered_map<const grammar::Source*, std::uint32_t> numbers_;
};

// Once something does not fit, everything after it reads as empty and `ok` is false.
class Reader {
 public:
  Reader(std::string_view bytes, const Sources& sources) : bytes_(bytes), sources_(sources) {}
  static constexpr bool reads = true;
  bool ok() const { return ok_; }
  std::string_view rest() const { return bytes_; }
  template <class T>
  void plain(T& value) {
    if (bytes_.size() < sizeof value) {
      ok_ = false;
      bytes_ = {};
      return;
    }
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
  }
  void text(std::string& value) {
    const auto length = size(0);
    value.assign(bytes_.substr(0, length));
    bytes_.remove_prefix(length);
  }
  // Never more than there are bytes left, so that a wrong size cannot make us reserve the world.
  std::uint32_t size(std::size_t) {
    std::uint32_t count = 0;
    plain(count);
    if (count <= bytes_.size()) return count;
    ok_ = false;
    bytes_ = {};
    return 0;
  }
  void place(grammar::Place& place) {
    std::uint32_t source = 0;
    plain(source);
    plain(place.span.begin);
    plain(place.span.end);
    if (source < sources_.size()) place.source = sources_[source];
  }

 private:
  std::string_view bytes_;
  const Sources& sources_;
  bool ok_ = true;
};

// FNV-1a: finds damage, proves nothing.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325U;
  for (const char byte : bytes) sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  return sum;
}

// One description a type, for both directions. `io` is a Writer over const values or a Reader.
template <class Io, class T>
void field(Io& io, T& value);

template <class Io, class... T>
void fields(Io& io, T&... values) {
  (field(io, values), ...);
}

template <class Io, class T>
void list(Io& io, T& values) {
  const auto count = io.size(values.size());
  if constexpr (Io::reads) values.resize(count);
  for (auto& value : values) field(io, value);
}

template <class Io, class T>
void maybe(Io& io, T& value) {
  std::uint8_t there = value.has_value() ? 1 : 0;
  io.plain(there);
  if constexpr (Io::reads) {
    if (there != 0) value.emplace();
  }
  if (value) field(io, *value);
}

template <class Io, class T>
void rational(Io& io, T& value) {
  std::int64_t numerator = value.numerator(), denominator = value.denominator();
  io.plain(numerator);
  io.plain(denominator);
  if constexpr (Io::reads) value = Rational::make(numerator, denominator).value_or(Rational{});
}

template <class T, template <class...> class Of>
struct is : std::false_type {};
template <class... T, template <class...> class Of>
struct is<Of<T...>, Of> : std::true_type {};

// Types that are a list of fields.
template <class Io, class T>
void members(Io& io, T& v) {
  using U = std::remove_const_t<T>;
  if constexpr (std::is_same_v<U, Unit>) fields(io, v.text, v.dimension.exponents, v.factor);
  if constexpr (std::is_same_v<U, Quantity>) fields(io, v.value, v.unit);
  if constexpr (std::is_same_v<U, IsA>) fields(io, v.parent, v.at);
  if constexpr (std::is_same_v<U, Formulation>) fields(io, v.names, v.route, v.exposure);
  if constexpr (std::is_same_v<U, Concept>) {
    fields(io, v.name, v.kind, v.synonyms, v.brands, v.rxcui, v.is, v.family, v.reviewed, v.usual_route, v.routes, v.formulations, v.taper, v.habit,
           v.at);
  }
  if constexpr (std::is_same_v<U, Combination>) fields(io, v.name, v.synonyms, v.brands, v.rxcui, v.ingredients, v.usual_route, v.at);
  if constexpr (std::is_same_v<U, Condition>) fields(io, v.name, v.state, v.read, v.synonyms, v.icd10cm, v.is, v.genetic, v.at);
  if constexpr (std::is_same_v<U, StatedConversion>) fields(io, v.from, v.times, v.plus);
  if constexpr (std::is_same_v<U, Observation>) {
    fields(io, v.name, v.synonyms, v.loinc, v.unit, v.other_units, v.molar_mass, v.charge, v.conversions, v.formula, v.plausible, v.absolute,
           v.validity_days, v.at);
  }
  if constexpr (std::is_same_v<U, Gene::Allele>) fields(io, v.name, v.function, v.activity);
  if constexpr (std::is_same_v<U, Gene::Phenotype>) fields(io, v.state, v.score, v.pairs, v.carries);
  if constexpr (std::is_same_v<U, Gene>) fields(io, v.name, v.synonyms, v.source, v.alleles, v.phenotypes, v.at);
  if constexpr (std::is_same_v<U, Effect>) fields(io, v.name, v.synonyms, v.problem, v.is, v.inferred, v.at);
  if constexpr (std::is_same_v<U, Route>) fields(io, v.name, v.words, v.exposure);
  if constexpr (std::is_same_v<U, Form>) fields(io, v.name, v.words, v.route);
  if constexpr (std::is_same_v<U, SourceReference>) {
    fields(io, v.key, v.authority, v.title, v.year, v.kind, v.jurisdiction, v.place, v.url, v.licence, v.seen, v.at);
  }
  if constexpr (std::is_same_v<U, TerminologyData>) {
    fields(io, v.version, v.concepts, v.combinations, v.conditions, v.observations, v.effects, v.problems, v.flags, v.families, v.routes, v.forms,
           v.genes, v.look_alikes, v.sha256);
  }
}

template <class Io, class T>
void field(Io& io, T& value) {
  using U = std::remove_const_t<T>;
  if constexpr (std::is_same_v<U, std::string>)
    io.text(value);
  else if constexpr (std::is_same_v<U, grammar::Place>)
    io.place(value);
  else if constexpr (std::is_same_v<U, Rational>)
    rational(io, value);
  else if constexpr (std::is_arithmetic_v<U> || std::is_enum_v<U> || std::is_same_v<U, std::array<std::int8_t, 12>>)
    io.plain(value);
  else if constexpr (is<U, std::vector>::value)
    list(io, value);
  else if constexpr (is<U, std::optional>::value)
    maybe(io, value);
  else if constexpr (is<U, std::pair>::value)
    fields(io, value.first, value.second);
  else
    members(io, value);
}

template <class T>
std::string pack_any(const T& data, std::string_view origin, const Sources& sources) {
  Writer body(sources);
  field(body, data);
  Writer whole(sources);
  whole.bytes = magic;
  const std::string from(origin);
  whole.text(from);
  whole.plain(checksum(body.bytes));
  return whole.bytes + body.bytes;
}

template <class T>
std::optional<T> unpack_any(std::string_view bytes, std::string_view origin, const Sources& sources) {
  if (bytes.substr(0, magic.size()) != magic) return std::nullopt;
  Reader reader(bytes.substr(magic.size()), sources);
  std::string from;
  std::uint64_t sum = 0;
  reader.text(from);
  reader.plain(sum);
  if (!reader.ok() || from != origin || sum != checksum(reader.rest())) return std::nullopt;
  T data;
  field(reader, data);
  if (!reader.ok() || !reader.rest().empty()) return std::nullopt;
  return data;
}

}  // namespace

std::string pack(const TerminologyData& data, std::string_view origin, const Sources& sources) { return pack_any(data, origin, sources); }
std::string pack(const SourceList& references, std::string_view origin, const Sources& sources) { return pack_any(references, origin, sources); }

template <>
std::optional<TerminologyData> unpack(std::string_view bytes, std::string_view origin, const Sources& sources) {
  return unpack_any<TerminologyData>(bytes, origin, sources);
}
template <>
std::optional<SourceList> unpack(std::string_view bytes, std::string_view origin, const Sources& sources) {
  return unpack_any<SourceList>(bytes, origin, sources);
}

}  // namespace theriac::detail
