"""Filters of a list, worked out from what its server says that it serves."""

from functools import cache

import grpc
import samples
import values
from federation import Refusal, Service


@cache
def of(resource):
    """Two of one shape, the first of them of every sample; none if no list takes one."""
    sample = resource.new()
    allowed = _refusal(resource, "no_such_field = 1").infos[0].metadata["allowed"]
    for shape in allowed.split("; "):
        names = shape.split(" AND ")
        if not set(names) <= set(resource.message.fields_by_name.keys()):
            continue  # none, or by an element of a list
        terms = [_terms(resource, resource.message.fields_by_name[name], sample)
                 for name in names]
        if terms and all(terms):
            (first, other), *rest = terms
            same = [term for term, _ in rest]
            found = " AND ".join([first, *same])
            if _refusal(resource, found) is None:  # else it is served in an order alone
                return found, " AND ".join([other, *same])
    return ()


def _terms(resource, field, sample):
    """One of every sample, and another one; none if the samples differ."""
    value = getattr(sample, field.name)
    if field.enum_type:
        value = field.enum_type.values_by_number[value].name
    if _takes_prefix(resource, field.name):
        return f'{field.name} = "{value[:1]}*"', f'{field.name} = "{int(value[:1] == "0")}*"'
    if samples.is_of_each(field):
        return ()
    return f'{field.name} = "{value}"', f'{field.name} = "{values.another(field, value)}"'


def _takes_prefix(resource, name):
    refusal = _refusal(resource, f'{name} = "no*prefix"')
    return refusal is not None and "PREFIX*" in refusal.text


def _refusal(resource, text):
    """Of a list by this filter; None if it is served."""
    try:
        getattr(Service(resource.service, resource.owner), "List" + resource.kinds)(
            filter=text, page_size=1, **resource.everything())
    except grpc.RpcError as error:
        return Refusal(error)
    return None
