"""What kind of service each publisher's label means (codes of ``service_types.csv``), and their order."""

from intake_app.folding import fold

# The more people a kind of service sees, the sooner a short list should show it. Closed ones come last.
_ORDER = (
    "gp", "hospital_other", "urgent_treatment", "dentist", "pharmacy", "optician",
    "care_home", "nursing_home", "home_care", "mental_health_inpatient", "community_mental_health",
    "community_other", "supported_living", "extra_care", "out_of_hours", "ambulance", "online_doctor",
    "end_of_life", "diagnostics", "primary_other", "drug_alcohol", "council", "icb", "sexual_health",
    "prison", "slimming_clinic", "other",
)  # fmt: skip
RANKS = {code: rank for rank, code in enumerate(_ORDER)}
LAST_RANK = len(_ORDER)

# CQC's short labels (weekly file, API) and long ones (monthly file), folded, by what they mean here. The
# first that a service has, in the order of this table, is its type: a care home that also cares at home is a
# care home to callers.
_CQC_LABELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("nursing_home", ("nursing homes", "nursing home", "care home service with nursing")),
    (
        "care_home",
        (
            "residential homes", "residential home", "care home", "care homes",
            "care home service without nursing",
        ),
    ),
    (
        "mental_health_inpatient",
        (
            "hospitals - mental health/capacity",
            "hospital services for people with mental health needs, learning disabilities and problems with"
            " substance misuse",
        ),
    ),
    (
        "hospital_other",
        (
            "hospital", "hospitals", "acute services with overnight beds",
            "acute services without overnight beds / listed acute services with or without overnight beds",
        ),
    ),
    ("prison", ("prison healthcare", "prison healthcare services")),
    ("end_of_life", ("hospice", "hospice services", "home hospice care", "hospice services at home")),
    ("ambulance", ("ambulances", "ambulance", "ambulance service")),
    ("dentist", ("dentist", "dentists", "dental service", "dentists practice")),
    ("urgent_treatment", ("urgent care centres", "urgent care services")),
    ("gp", ("doctors/gps", "gp", "doctors treatment service")),
    ("primary_other", ("doctors consultation service", "mobile doctors", "mobile doctors service")),
    (
        "drug_alcohol",
        (
            "rehabilitation (substance abuse)", "community services - substance abuse",
            "community based services for people who misuse substances",
            "residential substance misuse treatment and/or rehabilitation service",
        ),
    ),
    (
        "community_mental_health",
        (
            "community services - mental health",
            "community based services for people with mental health needs",
        ),
    ),
    ("extra_care", ("extra care housing services",)),
    (
        "supported_living",
        ("supported living", "supported living service", "supported housing", "shared lives"),
    ),
    ("home_care", ("homecare agencies", "homecare agency", "domiciliary care service")),
    (
        "community_other",
        (
            "community services - learning disabilities", "community services - healthcare",
            "community based services for people with a learning disability", "community healthcare service",
            "community services - nursing", "community health care services - nurses agency only",
            "community health care services - independent midwives", "rehabilitation (illness/injury)",
            "rehabilitation services", "long-term conditions", "long term conditions services",
        ),
    ),
    (
        "diagnostics",
        (
            "diagnosis/screening", "diagnostic and/or screening service",
            "diagnostic and/or screening service - single handed sessional providers",
            "blood and transplant service",
        ),
    ),
    ("online_doctor", ("phone/online advice", "remote clinical advice service")),
    ("slimming_clinic", ("slimming clinic", "services in slimming clinics")),
    ("pharmacy", ("pharmacy", "community pharmacy")),
    ("optician", ("optician",)),
    ("hospital_other", ("clinic", "hyperbaric chamber")),
)  # fmt: skip
_CQC = {label: code for code, labels in _CQC_LABELS for label in labels}
_CQC_ORDER = {label: number for number, label in enumerate(_CQC)}

# Inspection categories, where a file has no service types (P1 to H12 of CQC's own list).
_CATEGORIES = {
    "residential social care": "care_home",
    "community based adult social care services": "home_care",
    "hospice services": "end_of_life",
    "dentists": "dentist",
    "general practices": "gp",
    "out of hours": "out_of_hours",
    "prison healthcare": "prison",
    "remote clinical advice": "online_doctor",
    "urgent care services & mobile doctors": "urgent_treatment",
    "independent consulting doctors": "primary_other",
    "slimming clinics": "slimming_clinic",
    "ambulance service": "ambulance",
    "community health - nhs & independent": "community_other",
    "community substance misuse": "drug_alcohol",
    "residential substance misuse": "drug_alcohol",
    "acute services - non-hospital": "diagnostics",
}
_PROVIDER_FORMS = frozenset({"organisation", "partnership", "individual", "nhs body"})


def cqc_type(labels: list[str], category: str = "") -> str:
    """The one type of a service with these labels, in any order, doubled or not; ``other`` for none known."""
    known = [label for label in map(_plain, labels) if label in _CQC]
    if known:
        return _CQC[min(known, key=_CQC_ORDER.__getitem__)]
    category = _plain(category)
    if category.startswith("acute hospital"):
        return "hospital_other"
    if category.startswith("mental health"):
        return "mental_health_inpatient"
    return _CATEGORIES.get(category, "other")


def is_provider_form(labels: list[str]) -> bool:
    """Whether the labels say what a provider is by law: such a row is a company, not a place of care."""
    return bool(labels) and all(_plain(label) in _PROVIDER_FORMS for label in labels)


def _plain(label: str) -> str:
    return fold(label.strip())
