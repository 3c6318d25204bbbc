"""What kind of service each publisher's label means: codes of ``service_types.csv``, and their order in a list."""

from intake_app.folding import fold

# The more people a kind of service sees, the sooner a short list should show it. Closed ones come last.
_ORDER = (
    "gp_practice", "gp_branch", "hospital", "nhs_trust", "urgent_care", "walk_in", "dentist", "pharmacy", "optician",
    "care_home", "nursing_home", "home_care", "mental_health", "community_health", "supported_living",
    "out_of_hours", "ambulance", "remote_advice", "hospice", "diagnostic", "clinic", "independent_doctor",
    "learning_disability", "substance_misuse", "rehabilitation", "council", "icb", "pcn", "shared_lives",
    "public_health", "prison_healthcare", "sarc", "police_custody", "secure_children", "slimming_clinic", "other",
)  # fmt: skip
RANKS = {code: rank for rank, code in enumerate(_ORDER)}
LAST_RANK = len(_ORDER)

# CQC's short labels (weekly file, API) and long ones (monthly file), folded. The first that a service has, in
# the order of this table, is its type: a care home that also cares at home is a care home to callers.
_CQC = {
    "nursing homes": "nursing_home", "nursing home": "nursing_home", "care home service with nursing": "nursing_home",
    "residential homes": "care_home", "residential home": "care_home", "care home": "care_home",
    "care homes": "care_home", "care home service without nursing": "care_home",
    "hospitals - mental health/capacity": "mental_health",
    "hospital services for people with mental health needs, learning disabilities and problems with substance"
    " misuse": "mental_health",
    "hospital": "hospital", "hospitals": "hospital", "acute services with overnight beds": "hospital",
    "acute services without overnight beds / listed acute services with or without overnight beds": "hospital",
    "prison healthcare": "prison_healthcare", "prison healthcare services": "prison_healthcare",
    "hospice": "hospice", "hospice services": "hospice", "home hospice care": "hospice",
    "hospice services at home": "hospice",
    "ambulances": "ambulance", "ambulance": "ambulance", "ambulance service": "ambulance",
    "dentist": "dentist", "dental service": "dentist", "dentists": "dentist",
    "urgent care centres": "urgent_care", "urgent care services": "urgent_care",
    "doctors/gps": "gp_practice", "gp": "gp_practice", "doctors treatment service": "gp_practice",
    "doctors consultation service": "independent_doctor", "mobile doctors": "independent_doctor",
    "mobile doctors service": "independent_doctor",
    "rehabilitation (substance abuse)": "substance_misuse", "community services - substance abuse": "substance_misuse",
    "community based services for people who misuse substances": "substance_misuse",
    "residential substance misuse treatment and/or rehabilitation service": "substance_misuse",
    "community services - mental health": "mental_health",
    "community based services for people with mental health needs": "mental_health",
    "supported living": "supported_living", "supported living service": "supported_living",
    "supported housing": "supported_living", "extra care housing services": "supported_living",
    "homecare agencies": "home_care", "homecare agency": "home_care", "domiciliary care service": "home_care",
    "shared lives": "shared_lives",
    "community services - learning disabilities": "learning_disability",
    "community based services for people with a learning disability": "learning_disability",
    "community services - healthcare": "community_health", "community healthcare service": "community_health",
    "community services - nursing": "community_health",
    "community health care services - nurses agency only": "community_health",
    "community health care services - independent midwives": "community_health",
    "rehabilitation (illness/injury)": "rehabilitation", "rehabilitation services": "rehabilitation",
    "long-term conditions": "community_health", "long term conditions services": "community_health",
    "diagnosis/screening": "diagnostic", "diagnostic and/or screening service": "diagnostic",
    "diagnostic and/or screening service - single handed sessional providers": "diagnostic",
    "blood and transplant service": "diagnostic",
    "phone/online advice": "remote_advice", "remote clinical advice service": "remote_advice",
    "slimming clinic": "slimming_clinic", "clinic": "clinic", "hyperbaric chamber": "clinic",
    "specialist college service": "other", "pharmacy": "pharmacy", "optician": "optician",
    "dentists practice": "dentist", "community pharmacy": "pharmacy",
}  # fmt: skip
_CQC_ORDER = {label: number for number, label in enumerate(_CQC)}

# Inspection categories, where a file has no service types (P1 to H12 of CQC's own list).
_CATEGORIES = {
    "residential social care": "care_home", "community based adult social care services": "home_care",
    "hospice services": "hospice", "dentists": "dentist", "general practices": "gp_practice",
    "out of hours": "out_of_hours", "prison healthcare": "prison_healthcare", "remote clinical advice": "remote_advice",
    "urgent care services & mobile doctors": "urgent_care", "independent consulting doctors": "independent_doctor",
    "slimming clinics": "slimming_clinic", "ambulance service": "ambulance",
    "community health - nhs & independent": "community_health", "community substance misuse": "substance_misuse",
    "residential substance misuse": "substance_misuse", "acute services - non-hospital": "diagnostic",
}  # fmt: skip


def cqc_type(labels: list[str], category: str = "") -> str:
    """The one type of a service with these labels, in any order and doubled or not; ``other`` if none is known."""
    known = [label for label in map(_plain, labels) if label in _CQC]
    if known:
        return _CQC[min(known, key=_CQC_ORDER.__getitem__)]
    category = _plain(category)
    if category.startswith("acute hospital"):
        return "hospital"
    if category.startswith("mental health"):
        return "mental_health"
    return _CATEGORIES.get(category, "other")


def is_provider_form(labels: list[str]) -> bool:
    """Whether the labels say what a provider is by law: such a row is a company, not a place of care."""
    return bool(labels) and all(_plain(label) in _PROVIDER_FORMS for label in labels)


_PROVIDER_FORMS = frozenset({"organisation", "partnership", "individual", "nhs body"})


def _plain(label: str) -> str:
    return fold(label.strip())
