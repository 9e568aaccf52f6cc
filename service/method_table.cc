#include "service/method_table.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace rubricator {
namespace {

const google::protobuf::Message& Prototype(const google::protobuf::Descriptor* type) {
  return *google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
}

}  // namespace

const google::protobuf::Message& UnaryMethod::RequestPrototype() const {
  return Prototype(descriptor->input_type());
}

const google::protobuf::Message& UnaryMethod::ResponsePrototype() const {
  return Prototype(descriptor->output_type());
}

void MethodTable::AddErased(const std::string& full_name,
                            const google::protobuf::Descriptor* request,
                            const google::protobuf::Descriptor* response,
                            decltype(UnaryMethod::call) call) {
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(full_name);
  const bool fits = descriptor != nullptr && descriptor->input_type() == request &&
                    descriptor->output_type() == response && !methods_.contains(full_name);
  if (!fits) {
    std::fprintf(stderr, "MethodTable: %s is added twice, or not with its own types\n",
                 full_name.c_str());
    std::abort();
  }
  methods_.emplace(full_name, UnaryMethod{descriptor, std::move(call), WaitsFor::kNothing});
}

const UnaryMethod* MethodTable::Find(std::string_view full_name) const {
  const auto it = methods_.find(full_name);
  return it == methods_.end() ? nullptr : &it->second;
}

}  // namespace rubricator
