from django.urls import path

from overviews.views import (
    access_log,
    changes,
    feedback,
    list_filters,
    my_day,
    my_month,
    my_school,
    overview,
    schools,
    starts,
    student,
    students,
    supporters,
    tasks,
)

app_name = "overviews"
urlpatterns = [
    path("my-day/", my_day.my_day, name="my_day"),
    path("my-month/", my_month.my_month, name="my_month"),
    path("my-month/file/", my_month.my_month_file, name="my_month_file"),
    path("overview/", overview.overview, name="overview"),
    path("my-school/", my_school.my_school, name="my_school"),
    path("students/", students.student_list, name="student_list"),
    path("students/filter/", list_filters.list_filter, {"list_name": "students"}, name="student_filter"),
    path("referrals/filter/", list_filters.list_filter, {"list_name": "referrals"}, name="referral_filter"),
    path(
        "supporters/filter/", list_filters.list_filter, {"list_name": "supporters"}, name="supporter_filter"
    ),
    path("schools/filter/", list_filters.list_filter, {"list_name": "schools"}, name="school_filter"),
    path("access-log/filter/", list_filters.list_filter, {"list_name": "access_log"}, name="log_filter"),
    path("students/search/", students.student_search, name="student_search"),
    path("students/<uuid:public_id>/", student.student_detail, name="student_detail"),
    path("students/<uuid:public_id>/changes/", changes.student_changes, name="student_changes"),
    path("referrals/<uuid:public_id>/changes/", changes.referral_changes, name="referral_changes"),
    path("cases/<uuid:public_id>/changes/", changes.case_changes, name="case_changes"),
    path("assignments/<uuid:public_id>/changes/", changes.assignment_changes, name="assignment_changes"),
    path("contacts/<uuid:public_id>/changes/", changes.contact_changes, name="contact_changes"),
    path("supporters/", supporters.supporter_list, name="supporter_list"),
    path("supporters/<uuid:public_id>/", supporters.supporter_detail, name="supporter_detail"),
    path("schools/", schools.school_list, name="school_list"),
    path("schools/<uuid:public_id>/", schools.school_detail, name="school_detail"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("feedback/", feedback.feedback_list, name="feedback_list"),
    path("my-supporters/", starts.my_supporters, name="my_supporters"),
    path("programme/", starts.programme, name="programme"),
    path("administration/", starts.administration, name="administration"),
    path("access-log/", access_log.access_log, name="access_log"),
    path("more/", starts.more, name="more"),
]
