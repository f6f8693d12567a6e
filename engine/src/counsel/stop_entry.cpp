#include "counsel/stop_entry.hpp"

namespace theriac::detail {

bool has_begun(const Exposure& exposure, Minutes as_of) { return !exposure.proposed && exposure.start.earliest <= as_of; }

void stop_entry(Patient& patient, const Exposure& exposure, MedicationEntry::Ended ended, const std::string& said_by) {
  auto& entry = patient.medications[static_cast<std::size_t>(exposure.entry)];
  if (!has_begun(exposure, patient.as_of)) {
    entry.status = Status::not_taken;
    return;
  }
  if (exposure.start_given && !entry.start) entry.start = exposure.start;
  entry.status = Status::stopped;
  entry.stop = When{patient.as_of, patient.as_of};
  entry.stop_said = Said{format_date(patient.as_of), {grammar::Source::make(said_by, format_date(patient.as_of)), {}}};
  entry.ended = ended;
}

}  // namespace theriac::detail
