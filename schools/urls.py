from django.urls import path

from schools.views import accepting, breaks, codes, contacts, invitations, library, members, memberships

app_name = "schools"
urlpatterns = [
    path("code-lists/", codes.code_lists, name="code_lists"),
    path("links/", library.library, name="library"),
    path("links/new/", library.library_link_create, name="library_link_create"),
    path("links/<uuid:public_id>/edit/", library.library_link_edit, name="library_link_edit"),
    path("links/<uuid:public_id>/withdraw/", library.library_link_withdraw, name="library_link_withdraw"),
    path("links/<uuid:public_id>/put-back/", library.library_link_put_back, name="library_link_put_back"),
    path("school-breaks/", breaks.break_list, name="break_list"),
    path("school-breaks/new/", breaks.break_create, name="break_create"),
    path("school-breaks/<uuid:public_id>/edit/", breaks.break_edit, name="break_edit"),
    path("school-breaks/<uuid:public_id>/remove/", breaks.break_remove, name="break_remove"),
    path("people/", members.member_list, name="member_list"),
    path("memberships/<uuid:public_id>/confirm/", memberships.membership_confirm, name="membership_confirm"),
    path("memberships/<uuid:public_id>/end/", memberships.membership_end, name="membership_end"),
    path("invitations/", invitations.invitation_list, name="invitation_list"),
    path("invitations/new/", invitations.invitation_create, name="invitation_create"),
    path(
        "invitations/<uuid:public_id>/send-again/",
        invitations.invitation_send_again,
        name="invitation_send_again",
    ),
    path(
        "invitations/<uuid:public_id>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"
    ),
    path("invitation/<str:token>/", accepting.invitation_open, name="invitation_open"),
    path("invitation/", accepting.invitation_accept, name="invitation_accept"),
    path("schools/<uuid:public_id>/contacts/new/", contacts.contact_create, name="contact_create"),
    path("school-contacts/<uuid:public_id>/edit/", contacts.contact_edit, name="contact_edit"),
]
