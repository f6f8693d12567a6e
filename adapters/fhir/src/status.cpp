// Which medication counts: the status of each kind of resource → taking, proposed, held, past or never, and from when to when.
#include "dosage.hpp"
#include "medication.hpp"

#include <algorithm>

namespace theriac::fhir {
namespace {

void unknown_status(Reader& reader, const Item& status, const Item& resource, Use& use) {
  use.entry.status = Status::unknown;
  if (status.is("unknown")) return;
  reader.misunderstood("medication", status ? status.text() : resource.resource().name, status ? "not a status of FHIR" : "it has no status",
                       status ? status : resource["resourceType"]);
}

void set_start(Reader& reader, const Item& date, MedicationEntry& entry) {
  if (entry.start || !date) return;
  entry.start = reader.date(date);
  if (entry.start) entry.start_said = reader.said(date);
}
void set_stop(Reader& reader, const Item& date, MedicationEntry& entry) {
  if (entry.stop || !date) return;
  entry.stop = reader.date(date);
  if (entry.stop) entry.stop_said = reader.said(date);
}

void links(Reader& reader, const Item& resource, std::initializer_list<std::string_view> keys, Use& use) {
  for (const auto key : keys) {
    for (const auto& reference : resource.each(key)) {
      if (const auto* found = reader.store.resolve(reference)) use.links.push_back(found);
    }
  }
}

Status of_active_request(const Item& request) {
  const auto intent = request["intent"].text();
  const bool reported = request["reportedBoolean"].is_true() || request["reportedReference"];
  if ((intent == "proposal" || intent == "plan") && !reported) return Status::proposed;
  return Status::active;
}

void request_status(Reader& reader, const Item& request, Use& use) {
  auto& entry = use.entry;
  const auto status = request["status"].text();
  if (status == "entered-in-error") {
    entry.status = Status::entered_in_error;
  } else if (request["doNotPerform"].is_true()) {
    entry.status = Status::prohibited;
    entry.remark = "ordered not to be given";
  } else if (request["intent"].is("option")) {
    entry.status = Status::not_taken;
    entry.remark = "an option, no order";
  } else if (status == "active") {
    entry.status = of_active_request(request);
  } else if (status == "draft") {
    entry.status = Status::proposed;
  } else if (status == "on-hold") {
    entry.status = Status::held;
  } else if (status == "stopped") {
    entry.status = Status::stopped;
  } else if (status == "completed") {
    entry.status = Status::completed;
  } else if (status == "cancelled") {
    entry.status = Status::not_taken;
    entry.remark = "cancelled, and nothing dispensed";
    use.cancelled = true;
  } else {
    unknown_status(reader, request["status"], request, use);
  }
}

}  // namespace

void read_request(Reader& reader, const Item& request, Use& use) {
  request_status(reader, request, use);
  links(reader, request, {"basedOn", "priorPrescription"}, use);
  set_start(reader, request["authoredOn"], use.entry);
  read_dosages(reader, request.each("dosageInstruction"), use.entry);
}

void read_statement(Reader& reader, const Item& statement, Use& use) {
  auto& entry = use.entry;
  const auto status = statement["status"].text();
  if (status == "active")
    entry.status = Status::active;
  else if (status == "intended")
    entry.status = Status::proposed;
  else if (status == "on-hold")
    entry.status = Status::held;
  else if (status == "completed")
    entry.status = Status::completed;
  else if (status == "stopped")
    entry.status = Status::stopped;
  else if (status == "not-taken")
    entry.status = Status::not_taken;
  else if (status == "entered-in-error")
    entry.status = Status::entered_in_error;
  else
    unknown_status(reader, statement["status"], statement, use);
  links(reader, statement, {"derivedFrom", "basedOn"}, use);
  set_start(reader, statement["effectivePeriod"]["start"], entry);
  set_stop(reader, statement["effectivePeriod"]["end"], entry);
  // A single instant tells that it was taken then, not since when.
  if (!statement["effectivePeriod"] && statement["effectiveDateTime"]) entry.last_taken = reader.date(statement["effectiveDateTime"]);
  read_dosages(reader, statement.each("dosage"), entry);
}

// The vocabulary has no wash-out a drug: what was given on the day or the day before counts as taken, what was given earlier is past with its date,
// so that rules with a window find it.
void read_administration(Reader& reader, const Item& administration, Use& use) {
  auto& entry = use.entry;
  const auto status = administration["status"].text();
  links(reader, administration, {"request", "supportingInformation"}, use);
  const auto period = administration["effectivePeriod"];
  const auto begin = period ? period["start"] : administration["effectiveDateTime"];
  set_start(reader, begin, entry);
  const auto end = period["end"] ? period["end"] : begin;
  if (status == "in-progress") {
    entry.status = Status::active;
  } else if (status == "on-hold") {
    entry.status = Status::held;
  } else if (status == "not-done") {
    entry.status = Status::not_taken;
    entry.remark = "not given";
  } else if (status == "entered-in-error") {
    entry.status = Status::entered_in_error;
  } else if (status == "completed" || status == "stopped") {
    const auto last = reader.date(end);
    const bool lately = last && last->latest >= reader.patient.as_of - minutes_per_day;
    entry.status = lately ? Status::active : status == "completed" ? Status::completed : Status::stopped;
    entry.last_taken = last;
    if (lately)
      entry.remark = "given " + format_date(*last);
    else
      set_stop(reader, end, entry);
  } else {
    unknown_status(reader, administration["status"], administration, use);
  }
  read_given_dose(reader, administration["dosage"], entry);
}

namespace {

// Handed over: taken as long as the supply lasts; where that is not said, it is not known.
void handed_over(Reader& reader, const Item& dispense, MedicationEntry& entry) {
  const auto days = decimal_of(dispense["daysSupply"]["value"]);
  const auto whole = days.substr(0, days.find('.'));
  const auto since = entry.start;
  if (!since || whole.empty() || whole.size() > 4 || whole.front() == '-') {
    entry.status = Status::unknown;
    entry.remark = since ? "dispensed, for how many days is not said" : "dispensed, when is not said";
    return;
  }
  const auto lasts = std::stol(whole) * minutes_per_day;
  const When end{since->earliest + lasts, since->latest + lasts};
  entry.stop = When{end.earliest - end.earliest % minutes_per_day - minutes_per_day, end.latest - end.latest % minutes_per_day - minutes_per_day};
  entry.stop_said = reader.said(format_date(*entry.stop), dispense["daysSupply"]);
  entry.status = entry.stop->latest >= reader.patient.as_of ? Status::active : Status::completed;
  entry.remark = "supply for " + whole + " days";
}

}  // namespace

void read_dispense(Reader& reader, const Item& dispense, Use& use) {
  auto& entry = use.entry;
  const auto status = dispense["status"].text();
  links(reader, dispense, {"authorizingPrescription"}, use);
  set_start(reader, dispense["whenHandedOver"] ? dispense["whenHandedOver"] : dispense["whenPrepared"], entry);
  const auto start = entry.start;
  const auto start_said = entry.start_said;
  read_dosages(reader, dispense.each("dosageInstruction"), entry);
  if (start) entry.start = start, entry.start_said = start_said;
  if (status == "preparation" || status == "in-progress")
    entry.status = Status::proposed;
  else if (status == "on-hold")
    entry.status = Status::held;
  else if (status == "completed")
    handed_over(reader, dispense, entry);
  else if (status == "stopped")
    entry.status = Status::stopped;
  else if (status == "cancelled" || status == "declined")
    entry.status = Status::not_taken, entry.remark = status;
  else if (status == "entered-in-error")
    entry.status = Status::entered_in_error;
  else
    unknown_status(reader, dispense["status"], dispense, use);
}

}  // namespace theriac::fhir
