"""What happened in the six other neighbourhoods, in the order their rounds began."""

from betterstory.website.demo.streets import lock_side, priory_fields, upper_wharf, young

ROUNDS = (
    lock_side.FIRST,
    upper_wharf.ROUND,
    priory_fields.ROUND,
    young.THE_LIMES,
    lock_side.SECOND,
    young.COLD_HATCH,
    young.HOLLOW_BROOK,
)
